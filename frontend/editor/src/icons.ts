// The signs on the format bar's buttons, for narrow windows: lines on a field of 24, drawn in the text's colour.

const LINES: { [name: string]: string } = {
  Heading: "M6 5v14M18 5v14M6 12h12",
  Quote: "M10 7H5v5h5V7v5c0 3-2 5-4 5M19 7h-5v5h5V7v5c0 3-2 5-4 5",
  List: "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
  "Numbered list": "M10 6h10M10 12h10M10 18h10M4 4h1.5v5M3.5 15H6v1l-2.5 3H6.5",
  Bold: "M7 5h5.5a3.5 3.5 0 0 1 0 7H7zM7 12h6.5a3.5 3.5 0 0 1 0 7H7z",
  Italic: "M10 5h8M6 19h8M14 5l-4 14",
  Link: "M10 8H7a4 4 0 0 0 0 8h3M14 8h3a4 4 0 0 1 0 8h-3M8.5 12h7",
  Undo: "M9 5L4 10l5 5M4 10h10a5 5 0 0 1 0 10h-3",
  Redo: "M15 5l5 5-5 5M20 10H10a5 5 0 0 0 0 10h3",
};

export function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "format__icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", LINES[name] ?? "");
  svg.append(path);
  return svg;
}
