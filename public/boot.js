// Wakes the page. The addresses of the module and of its code stand on this script's own tag.
const { site, wasm } = document.querySelector("script[data-site]").dataset;
const module = await import(site);
await module.default({ module_or_path: wasm });
module.start(module);
