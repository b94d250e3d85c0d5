//! The same bytes without the site: what `cargo xtask bench story` compares a pressed page with.
//!
//! `bare ADDR:PORT FILE` answers every request with the file, from memory.

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let listen = words.next().context("bare ADDR:PORT FILE")?;
    let page = Bytes::from(std::fs::read(words.next().context("bare ADDR:PORT FILE")?)?);
    let answer = move || {
        let page = page.clone();
        async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], page) }
    };
    let listener = TcpListener::bind(listen).await?;
    axum::serve(listener, Router::new().fallback(get(answer))).await?;
    Ok(())
}
