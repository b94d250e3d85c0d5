//! Passwords: argon2id with 19 MiB, two passes, one lane; at most four at once.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use news::Refusal;
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Shorter ones are guessed, longer ones are a way to keep us busy.
const SHORTEST: usize = 12;
const LONGEST: usize = 1024;

/// Each takes 19 MiB and some 30 ms of a core: without a bound, signing in would be a way to stop the site.
static POOL: Semaphore = Semaphore::const_new(4);

/// What an unknown user's password is compared with, so that the answer takes as long as for a known one.
/// Nobody's password hashes to zeros.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash to keep, in PHC's notation.
///
/// # Errors
/// A sentence for the person where the password is too short, too long or too easy.
pub async fn hash(password: String) -> Result<String, Refusal> {
    check(&password)?;
    on_the_pool(move || {
        // `getrandom` gives the salt; the hash's own notation carries it and the parameters.
        let hash = argon2().ok()?.hash_password(password.as_bytes()).ok()?;
        Some(hash.to_string())
    })
    .await
    .flatten()
    .ok_or(Refusal::Unavailable)
}

/// Whether a password belongs to a hash; `None` stands for an unknown user or one without a password,
/// and takes as long.
///
/// # Errors
/// When no thread can be had for the work.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Refusal> {
    let is_known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODYS.into());
    let is_right = on_the_pool(move || {
        let parsed = PasswordHash::new(&hash).ok()?;
        let argon2 = argon2().ok()?;
        Some(argon2.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
    .ok_or(Refusal::Unavailable)?
    .unwrap_or(false);
    Ok(is_right && is_known)
}

/// What a new password must be: long enough, and not made of the site's own name.
///
/// # Errors
/// The sentence to show.
pub fn check(password: &str) -> Result<(), Refusal> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(Refusal::Invalid(format!(
            "A password has at least {SHORTEST} characters."
        )));
    }
    if password.len() > LONGEST {
        return Err(Refusal::Invalid(format!(
            "A password has at most {LONGEST} bytes."
        )));
    }
    let mut letters: Vec<char> = password.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let lower = password.to_lowercase();
    let context = ["asian-news", "asiannews", "password"]
        .iter()
        .any(|w| lower.contains(w));
    if letters.len() < 5 || (context && count < 20) {
        return Err(Refusal::Invalid(
            "This password is too easy to guess.".into(),
        ));
    }
    Ok(())
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn on_the_pool<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let place = POOL.acquire().await.ok()?;
    // The place is kept until the work is done, also where whoever asked for it has gone.
    let work = move || {
        let _place = place;
        work()
    };
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_and_its_hash() {
        let hash = hash("correct horse battery".into()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert_eq!(
            verify("correct horse battery".into(), Some(hash.clone())).await,
            Ok(true)
        );
        assert_eq!(
            verify("Correct horse battery".into(), Some(hash)).await,
            Ok(false)
        );
        assert_eq!(verify("anything at all".into(), None).await, Ok(false));
    }

    #[tokio::test]
    async fn the_dummy_is_computed_like_any_other() {
        assert!(PasswordHash::new(NOBODYS).is_ok());
        // The best of some tries: a busy machine can make any one of them slow.
        let time = |hash: Option<String>| async move {
            let mut best = std::time::Duration::MAX;
            for _ in 0..5 {
                let began = std::time::Instant::now();
                verify("some password of theirs".into(), hash.clone())
                    .await
                    .unwrap();
                best = best.min(began.elapsed());
            }
            best
        };
        let known = hash("correct horse battery".into()).await.unwrap();
        let (with, without) = (time(Some(known)).await, time(None).await);
        assert!(without > with / 4, "{without:?} beside {with:?}");
    }

    #[test]
    fn easy_passwords_are_refused() {
        for (password, good) in [
            ("short", false),
            ("aaaaaaaaaaaaaaaa", false),
            ("asian-news-2026", false),
            ("台風が九州に近づいています今日", true),
            ("correct horse battery", true),
        ] {
            assert_eq!(check(password).is_ok(), good, "{password}");
        }
    }
}
