import { change, expect, settled } from "../fixtures.ts";
import { blank, paste } from "./writing.ts";

// What other programs put into the clipboard, in the shape they give it: the words as they were meant, and nothing else.

const page = (body: string) => `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-parent:""; margin:0in;} --></style></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->${body}<!--EndFragment--></body></html>`;

const normal = (words: string) => `<p class=MsoNormal style='mso-pagination:widow-orphan'>${words}<o:p></o:p></p>`;

/** A paragraph that Word paints a bullet or a number before. */
const item = (bullet: string, level: number, words: string) =>
  `<p class=MsoListParagraphCxSpMiddle style='margin-left:${level * 0.5}in;mso-add-space:auto;text-indent:-.25in;mso-list:l0 level${level} lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${bullet}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`;

const docs = (style: string, words: string) => `<span style="font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;${style};font-variant:normal;vertical-align:baseline;white-space:pre-wrap;">${words}</span>`;

const rows: { what: string; html: string; gives: string }[] = [
  {
    what: "Word's tracked changes: what was deleted goes, what was put in stays",
    html: page(
      normal(`The ferry left <del cite="mailto:Mika%20Arai" datetime="2026-03-01T09:00">at dawn, against all warnings</del><ins cite="mailto:Mika%20Arai" datetime="2026-03-01T09:00">at noon</ins>.`) +
        normal(`It carried <span class=msoDel><del cite="mailto:Mika%20Arai">forty</del></span><span class=msoIns><ins cite="mailto:Mika%20Arai">fifty</ins></span> people.`) +
        `<p class=MsoNormal><span class=msoDel><del cite="mailto:Mika%20Arai">A whole paragraph was cut.<o:p></o:p></del></span></p>`,
    ),
    gives: "<p>The ferry left at noon.</p><p>It carried fifty people.</p>",
  },
  {
    what: "Word's comments, hidden words, gaps and places in its own document",
    html: page(
      normal(
        `<a style='mso-comment-reference:MA_1;mso-comment-date:20260301T0900'>The minister</a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1" href="#_msocom_1" language=JavaScript name="_msoanchor_1">[MA1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span> resigned<span style='display:none;mso-hide:all'> XE index</span>.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1">[1]</a>`,
      ) +
        `<p class=MsoNormal><o:p>&nbsp;</o:p></p>` + normal("Nobody replaced her.") +
        `<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff align=left size=1 width="33%"><![endif]><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p class=MsoCommentText>Who says so?<o:p></o:p></p></div></div></div>`,
    ),
    gives: "<p>The minister resigned.[1]</p><p>Nobody replaced her.</p>",
  },
  {
    what: "Word's bold and italic",
    html: page(normal(`Plain, <b style='mso-bidi-font-weight:normal'>bold</b>, <i style='mso-bidi-font-style:normal'>slanted</i>, <b><i>both</i></b>.`)),
    gives: "<p>Plain, <strong>bold</strong>, <em>slanted</em>, <strong><em>both</em></strong>.</p>",
  },
  {
    what: "Word's lists, one in another, of both kinds",
    html: page(
      normal("Three ports:") + item("·", 1, "Busan") + item("o", 2, "its old harbour") + item("o", 2, "its new harbour") +
        `<p class=MsoListParagraphCxSpMiddle>It grew twice.<o:p></o:p></p>` + item("·", 1, "Kaohsiung") + normal("And in order:") + item("1.", 1, "Mundra") + item("a)", 2, "by ship") + item("2.", 1, "Tanjung Pelepas"),
    ),
    gives:
      "<p>Three ports:</p><ul><li><p>Busan</p><ul><li><p>its old harbour</p></li><li><p>its new harbour</p><p>It grew twice.</p></li></ul></li><li><p>Kaohsiung</p></li></ul>" +
      "<p>And in order:</p><ol><li><p>Mundra</p><ol><li><p>by ship</p></li></ol></li><li><p>Tanjung Pelepas</p></li></ol>",
  },
  {
    what: "Word's lists that begin further in, or change their kind",
    html: page(item("§", 3, "Deep") + item("§", 3, "Deep too") + item("·", 1, "Out") + item("١.", 1, "Counted") + item("(ii)", 1, "Counted too")),
    gives: "<ul><li><p>Deep</p></li><li><p>Deep too</p></li></ul><ul><li><p>Out</p></li></ul><ol><li><p>Counted</p></li><li><p>Counted too</p></li></ol>",
  },
  {
    what: "Google Docs: what is bold and italic stays, what only looks so in its markup doesn't",
    html:
      `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f2e3d4c"><h2 dir="ltr" style="line-height:1.38">${docs("font-weight:700;font-style:normal", "What changed")}</h2>` +
      `<p dir="ltr" style="line-height:1.38">${docs("font-weight:400;font-style:normal", "Plain, ")}${docs("font-weight:700;font-style:normal", "bold")}${docs("font-weight:400;font-style:normal", ", ")}` +
      `${docs("font-weight:400;font-style:italic", "slanted")}${docs("font-weight:400;font-style:normal", ", ")}${docs("font-weight:700;font-style:italic", "both")}` +
      `<a href="https://example.com/" style="text-decoration:none;">${docs("font-weight:700;font-style:normal;text-decoration:underline", "a link")}</a></p>` +
      `<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc;font-weight:400" aria-level="1"><p dir="ltr" role="presentation">${docs("font-weight:400;font-style:normal", "An item")}</p></li></ul></b>`,
    gives:
      '<h2>What changed</h2><p dir="ltr">Plain, <strong>bold</strong>, <em>slanted</em>, <strong><em>both</em></strong><a href="https://example.com/"><strong>a link</strong></a></p>' +
      '<ul><li><p dir="ltr">An item</p></li></ul>',
  },
  {
    what: "a page of the web: as it was",
    html: `<p>One <b>word</b>, <span>another</span> <a href="/asia/japan">there</a>.</p><ol><li>First</li><li>Second</li></ol>`,
    gives: '<p>One <strong>word</strong>, another <a href="/asia/japan">there</a>.</p><ol><li><p>First</p></li><li><p>Second</p></li></ol>',
  },
];

change("pasted from other programs: the words as they were meant", async ({ readers, desk }) => {
  const mika = await desk();
  for (const { what, html, gives } of rows) {
    const editor = await blank(readers, mika);
    await editor.page.locator(".story__body > p").click();
    await settled(editor.page);
    await paste(editor.page, html);
    // The browser's own line break in an empty paragraph is no word.
    const shape = () => editor.body.evaluate((body) => body.innerHTML.replace(/<br class="ProseMirror-trailingBreak">/g, "").replace(/ class="ProseMirror-[^"]*"/g, "").replace(/(<p><\/p>)+$/, ""));
    await expect.configure({ soft: true }).poll(shape, { message: what, timeout: 2_000 }).toBe(gives);
    await editor.saved();
    await editor.page.context().close();
  }
  // A console line about a style that the policy doesn't allow is all that foreign styles may cause.
  expect(readers.complaints.filter((line) => !/inline style/.test(line))).toEqual([]);
});
