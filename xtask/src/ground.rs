//! What must stand before anything is built: the wasm target, npm packages, Debian packages.

use crate::process::{output, run};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The target that the browser's code is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The copy of the lock file that npm leaves when an installation is complete.
const INSTALLED: &str = "node_modules/.asian-news-lock.json";

/// A Debian package and a file that shows that it, or another that does the same, is there.
struct Package {
    name: &'static str,
    signs: &'static [&'static str],
}

const PACKAGES: [Package; 6] = [
    Package {
        name: "postgresql",
        signs: &["/usr/lib/postgresql"],
    },
    Package {
        name: "chromium",
        signs: &[
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        ],
    },
    Package {
        name: "firefox-esr",
        signs: &["/usr/bin/firefox-esr", "/usr/bin/firefox"],
    },
    Package {
        name: "wrk",
        signs: &["/usr/bin/wrk", "/usr/local/bin/wrk"],
    },
    Package {
        name: "fonts-noto-core",
        signs: &["/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf"],
    },
    Package {
        name: "fonts-noto-cjk",
        signs: &["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"],
    },
];

/// The folder of the workspace.
pub(crate) fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .map(Path::to_owned)
        .context("xtask stands in a folder of the workspace")
}

/// Adds the wasm target to the toolchain in use, by rustup, unless its library is there.
pub(crate) fn wasm_target() -> Result<()> {
    let library =
        output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(library.trim()).exists() {
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("the Rust target {WASM} is missing and rustup can't add it"))
}

/// Installs the pinned npm packages where they are missing or older than the lock file.
pub(crate) fn npm() -> Result<()> {
    let wanted = fs::read("package-lock.json").context("package-lock.json can't be read")?;
    if fs::read(INSTALLED).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    // Chromium is the system's; Playwright need not bring its own.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut npm).context("Node.js 20 or newer with npm is needed")?;
    fs::write(INSTALLED, wanted)?;
    Ok(())
}

/// Installs the Debian packages that the whole test run needs; where we may not, names them.
pub(crate) fn debian_packages() -> Result<()> {
    let absent = |package: &&Package| !package.signs.iter().any(|sign| Path::new(sign).exists());
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(absent)
        .map(|package| package.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_root()? || !Path::new("/usr/bin/apt-get").exists() {
        bail!("these packages are missing, install them with: sudo apt-get install {list}");
    }
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null());
        run(&mut apt)
    };
    apt(&["update", "-qq"])?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install).with_context(|| format!("apt-get can't install {list}"))
}

/// Whether we are root: then Chromium needs `--no-sandbox` and PostgreSQL another user.
pub(crate) fn is_root() -> Result<bool> {
    Ok(output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// The system's Chromium.
pub(crate) fn chromium() -> Result<String> {
    if let Ok(chosen) = std::env::var("CHROMIUM") {
        return Ok(chosen);
    }
    let chromium = PACKAGES.iter().find(|package| package.name == "chromium");
    let mut places = chromium.into_iter().flat_map(|package| package.signs);
    let found = places.find(|place| Path::new(place).exists());
    found
        .map(|place| (*place).to_owned())
        .context("Chromium is missing")
}

/// The folder of PostgreSQL's programs, the newest version's.
pub(crate) fn postgres_programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").context("PostgreSQL is missing")?;
    let mut folders: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .map(|(version, path)| (version, path.join("bin")))
        .filter(|(_, path)| path.join("initdb").exists())
        .collect();
    folders.sort();
    let newest = folders.pop().context("PostgreSQL's server is missing")?.1;
    ensure!(
        newest.join("postgres").exists(),
        "{} has no server",
        newest.display()
    );
    Ok(newest)
}
