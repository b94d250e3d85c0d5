//! The assets: wasm, styles and scripts under names that carry their content's hash.
//!
//! Everything ends in `target/site`, each file with its `.br` and `.gz`, and `manifest.json` says
//! which file a plain name stands for. The server reads nothing else. What went in unchanged is
//! not made again: intermediate results are kept in `target/bundle`.

mod pack;
mod wasm;

use crate::clock::Clock;
use crate::process::run;
use anyhow::{Context, Result};
use pack::Packed;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the server finds the assets.
const SITE: &str = "target/site";
/// Where intermediate results are kept.
const WORK: &str = "target/bundle";
/// The oldest browsers that the style sheets and scripts are lowered for.
const BROWSERS: &str = "--target=chrome111,firefox113,safari16.4";

/// How much is done for size.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Finish {
    /// For the desk's loop: as fast as can be.
    Plain,
    /// For tests and budgets: what a reader gets, with cargo's dev profile shared with the server.
    Optimised,
    /// For the deployed binary: the same, with cargo's release profile.
    Release,
}

/// The assets that stand in `target/site`, by plain name.
pub(crate) struct Bundle {
    files: BTreeMap<String, Packed>,
    /// Names in the manifest that was there before: an open page may still ask for them.
    before: Vec<String>,
}

impl Bundle {
    /// Begins with what an earlier command has built.
    pub(crate) fn open() -> Result<Self> {
        fs::create_dir_all(SITE)?;
        fs::create_dir_all(WORK)?;
        let manifest = fs::read(manifest_path()).unwrap_or_default();
        let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_default();
        let named = manifest
            .get("files")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        let mut files = BTreeMap::new();
        for (name, file) in named {
            if let Some(packed) = file
                .as_str()
                .and_then(|file| Packed::found(Path::new(SITE), file))
            {
                files.insert(name, packed);
            }
        }
        let before = files.values().map(|packed| packed.name.clone()).collect();
        Ok(Self { files, before })
    }

    /// Forgets everything that stands: a deployed binary holds only what belongs to it.
    pub(crate) fn forget(&mut self) -> Result<()> {
        fs::remove_dir_all(SITE)?;
        fs::create_dir_all(SITE)?;
        self.files.clear();
        self.before.clear();
        Ok(())
    }

    /// Builds all assets and writes the manifest.
    pub(crate) fn build_all(&mut self, clock: &mut Clock, finish: Finish) -> Result<()> {
        self.build_light(clock, finish, "")?;
        clock.step("wasm for readers", || self.wasm("site", finish))?;
        clock.step("wasm for the desk", || self.wasm("desk", finish))?;
        self.write("")
    }

    /// Builds what takes no compiler: styles, scripts and the editor module.
    pub(crate) fn build_light(
        &mut self,
        clock: &mut Clock,
        finish: Finish,
        dev_script: &str,
    ) -> Result<()> {
        clock.step("styles and scripts", || {
            self.style("main.css", finish)?;
            self.style("desk.css", finish)?;
            self.script("boot.js", "", finish)?;
            self.script("theme.js", dev_script, finish)
        })?;
        clock.step("editor module", || self.editor(finish))
    }

    /// One style sheet, its imports drawn in.
    pub(crate) fn style(&mut self, name: &str, finish: Finish) -> Result<()> {
        let source = Path::new("style").join(name);
        if !source.exists() {
            return absent(&source);
        }
        self.esbuild(
            &source,
            name,
            finish,
            &["--bundle", "--external:/media/*", "--external:/pkg/*"],
        )
    }

    /// The editors' ProseMirror module.
    pub(crate) fn editor(&mut self, finish: Finish) -> Result<()> {
        let source = Path::new("frontend/editor/src/main.ts");
        if !source.exists() {
            return absent(source);
        }
        self.esbuild(source, "editor.js", finish, &["--bundle", "--format=esm"])
    }

    /// A script of `public`, with `addition` behind it.
    pub(crate) fn script(&mut self, name: &str, addition: &str, finish: Finish) -> Result<()> {
        let source = Path::new("public").join(name);
        if !source.exists() {
            return absent(&source);
        }
        let code = fs::read_to_string(source)? + addition;
        self.add(name, code.as_bytes(), finish)
    }

    /// The code and glue of one of the two bundles: `site` for readers, `desk` for editors.
    pub(crate) fn wasm(&mut self, name: &str, finish: Finish) -> Result<()> {
        let built = wasm::build(name, finish, Path::new(WORK))?;
        self.add(&format!("{name}.js"), &fs::read(built.glue)?, finish)?;
        self.add(&format!("{name}.wasm"), &fs::read(built.code)?, finish)
    }

    /// Writes the manifest and removes files that neither it nor the one before it names.
    ///
    /// `mark` is mixed into the build's name, so that a rebuilt server is a new build too.
    pub(crate) fn write(&mut self, mark: &str) -> Result<()> {
        let names: BTreeMap<&str, &str> = self
            .files
            .iter()
            .map(|(plain, packed)| (plain.as_str(), packed.name.as_str()))
            .collect();
        let all: Vec<&str> = names.values().copied().chain([mark]).collect();
        let manifest = json!({ "build": pack::hash(all.join("\n").as_bytes()), "files": names });
        let draft = manifest_path().with_extension("json.new");
        fs::write(&draft, serde_json::to_vec_pretty(&manifest)?)?;
        fs::rename(draft, manifest_path())?;
        let wanted = |file: &str| {
            let stem = file.trim_end_matches(".br").trim_end_matches(".gz");
            file == "manifest.json"
                || names.values().any(|name| *name == stem)
                || self.before.iter().any(|name| name == stem)
        };
        for entry in fs::read_dir(SITE)?.flatten() {
            if !wanted(&entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path())?;
            }
        }
        self.before = names.values().map(|name| (*name).to_owned()).collect();
        Ok(())
    }

    /// One line an asset: bytes raw, gz and br.
    pub(crate) fn print_sizes(&self) -> Result<()> {
        println!("{:>10} {:>9} {:>9}  asset", "raw", "gz", "br");
        for (name, packed) in &self.files {
            let [raw, gz, br] = packed.sizes(Path::new(SITE))?;
            println!("{raw:>10} {gz:>9} {br:>9}  {name}");
        }
        Ok(())
    }

    /// The bytes of one asset as brotli sends them, `None` if it isn't built.
    pub(crate) fn br_size(&self, name: &str) -> Result<Option<u64>> {
        let packed = self.files.get(name);
        packed
            .map(|packed| packed.sizes(Path::new(SITE)).map(|[_, _, br]| br))
            .transpose()
    }

    fn esbuild(&mut self, from: &Path, name: &str, finish: Finish, more: &[&str]) -> Result<()> {
        let made = Path::new(WORK).join(name);
        let mut esbuild = Command::new("node_modules/.bin/esbuild");
        esbuild
            .arg(from)
            .args(more)
            .args([BROWSERS, "--log-level=warning", "--charset=utf8"]);
        esbuild.arg(format!("--outfile={}", made.display()));
        if finish != Finish::Plain {
            esbuild.arg("--minify");
        }
        run(&mut esbuild).with_context(|| format!("{} can't be bundled", from.display()))?;
        self.add(name, &fs::read(made)?, finish)
    }

    fn add(&mut self, name: &str, bytes: &[u8], finish: Finish) -> Result<()> {
        let packed = pack::pack(Path::new(SITE), name, bytes, finish != Finish::Plain)?;
        self.files.insert(name.to_owned(), packed);
        Ok(())
    }
}

fn manifest_path() -> PathBuf {
    Path::new(SITE).join("manifest.json")
}

/// A source that isn't written yet leaves its asset out of the manifest; the server says so too.
fn absent(source: &Path) -> Result<()> {
    println!("{} is not there: left out", source.display());
    Ok(())
}
