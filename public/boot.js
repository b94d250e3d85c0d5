// Wakes the page. The addresses of the module and of its code stand on this script's own tag.
const { site, wasm, editor } = document.querySelector("script[data-site]").dataset;
// The editors' module comes when it is first asked for.
if (editor) globalThis.openEditor = () => import(editor);
const module = await import(site);
await module.default({ module_or_path: wasm });
module.start(module);
