//! The browser's code: cargo, wasm-bindgen as a library, wasm-opt.

use super::{BROWSERS, Finish, pack};
use crate::ground::WASM;
use crate::process::run;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// What makes the code small. By flags for this target alone and not by a cargo profile: a profile
/// of other values would compile every proc macro and build script a second time.
const SMALL: &str = "-Copt-level=z -Ccodegen-units=1 -Cdebuginfo=0 -Cdebug-assertions=no \
    -Coverflow-checks=no -Cembed-bitcode=yes";
/// For the last crate, which draws all others in.
const LINK_SMALL: &str = "-Clto=fat";
/// What rustc's wasm target uses, said to wasm-opt.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-sign-ext",
];

/// One bundle's module and code.
pub(super) struct Built {
    pub(super) glue: PathBuf,
    pub(super) code: PathBuf,
}

/// Builds the bundle `name`; what went in unchanged is taken from `work`.
pub(super) fn build(name: &str, finish: Finish, work: &Path) -> Result<Built> {
    let compiled = fs::read(compile(name, finish)?)?;
    let kind = if finish == Finish::Plain {
        "plain"
    } else {
        "small"
    };
    let folder = work.join(format!("{name}-{kind}"));
    let built = Built {
        glue: folder.join("glue.js"),
        code: folder.join("code.wasm"),
    };
    let (mark, key) = (folder.join("made-from"), pack::hash(&compiled));
    if fs::read_to_string(&mark).is_ok_and(|made_from| made_from == key) {
        return Ok(built);
    }
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder)?;
    bind(compiled, &folder)?;
    let (glue, code) = (folder.join("bundle.js"), folder.join("bundle_bg.wasm"));
    if finish == Finish::Plain {
        fs::rename(glue, &built.glue)?;
        fs::rename(code, &built.code)?;
    } else {
        let mut opt = Command::new("node_modules/binaryen/bin/wasm-opt");
        run(opt
            .arg("-Oz")
            .args(FEATURES)
            .arg(&code)
            .arg("-o")
            .arg(&built.code))?;
        let mut esbuild = Command::new("node_modules/.bin/esbuild");
        esbuild
            .arg(&glue)
            .args(["--minify", "--format=esm", "--log-level=warning", BROWSERS]);
        run(esbuild.arg(format!("--outfile={}", built.glue.display())))?;
        fs::remove_file(glue)?;
        fs::remove_file(code)?;
    }
    fs::write(mark, key)?;
    Ok(built)
}

/// Compiles `frontend` for the browser and says where the code is.
fn compile(name: &str, finish: Finish) -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["rustc", "--package", "frontend", "--lib", "--target", WASM]);
    if name == "desk" {
        cargo.args(["--features", "desk"]);
    }
    if finish == Finish::Release {
        cargo.arg("--release");
    }
    if finish != Finish::Plain {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL);
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo.args(["--", LINK_SMALL]);
    }
    run(&mut cargo)?;
    let profile = if finish == Finish::Release {
        "release"
    } else {
        "debug"
    };
    Ok(Path::new("target")
        .join(WASM)
        .join(profile)
        .join("frontend.wasm"))
}

/// Makes the JavaScript module for the code, by the library of the same version as the crate's.
fn bind(compiled: Vec<u8>, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("bundle", compiled)
        .typescript(false)
        .omit_default_module_path(true);
    bindgen
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen
        .web(true)?
        .generate(folder)
        .context("wasm-bindgen")?;
    // The site serves one module and one file of code a bundle.
    ensure!(
        !folder.join("snippets").exists(),
        "the code has brought JavaScript snippets"
    );
    Ok(())
}
