//! How a store is opened: as the one process that has the folder, or beside the one that serves it.

use crate::db::Db;
use crate::examine::{Found, look, named};
use crate::lock::FolderLock;
use crate::{Error, Inner, Location, Result, Store, backup, id, migrate, outbox};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::broadcast;

/// The database of a folder.
pub(crate) const FILE: &str = "news.db";

impl Store {
    /// Opens the store: makes what is missing, takes the folder for this process, brings the schema
    /// to what this program knows.
    ///
    /// # Errors
    /// [`Error::Held`] where another process has the folder, [`Error::Newer`] where a later program
    /// wrote the database, [`Error::NotOurs`] where it is no database of a site.
    pub async fn open(at: &Location) -> Result<Self> {
        let bell = broadcast::channel(1_024).0;
        let (db, lock, node) = match at {
            Location::Folder(folder) => {
                let file = folder.join(FILE);
                // Before anything is made or written: the file may be somebody else's.
                look(&file).await?;
                let mut lock = FolderLock::take(folder)?;
                let db = lite(&file, &mut lock, &bell).await;
                (db.map_err(|e| named(e, &file))?, Some(lock), 0)
            }
            Location::Postgres(url) => {
                let db = Db::pg(url).await?;
                migrate::migrate(&db, &bell).await?;
                (db, None, id::node())
            }
        };
        Ok(Self::of(db, lock, node, at, bell))
    }

    /// As [`Store::open`], but only where there is a site.
    ///
    /// # Errors
    /// [`Error::NoSite`] where there is none; nothing was made.
    pub async fn open_there(at: &Location) -> Result<Self> {
        if let Location::Folder(folder) = at
            && look(&folder.join(FILE)).await? == Found::Nothing
        {
            let folder = folder.clone();
            return Err(Error::NoSite { folder });
        }
        Self::open(at).await
    }

    /// As [`Store::open_there`]; where another process has the folder, beside it. For what a running
    /// site never keeps in memory: people, their links and sessions, and the whole file for a copy.
    ///
    /// SQLite lets processes take turns at writing, and a reader sees one moment of the database. The
    /// folder's lock keeps out what SQLite can't see: two authorities over one draft, two schemas, a
    /// database that is exchanged. So nothing is migrated here, and drafts and stories are not for
    /// this store: the serving process has their newest state in memory.
    ///
    /// # Errors
    /// Also [`Error::Older`], where the serving program has another schema than this one.
    pub async fn open_beside(at: &Location) -> Result<Self> {
        match (Self::open_there(at).await, at) {
            (Err(held @ Error::Held { .. }), Location::Folder(folder)) => {
                let file = folder.join(FILE);
                let (found, known) = match look(&file).await? {
                    Found::Site(version) => (version, migrate::known()),
                    // The other process is about to make it.
                    Found::Nothing => return Err(held),
                };
                if found > known {
                    return Err(Error::Newer { found, known });
                }
                if found < known {
                    return Err(Error::Older { found, known });
                }
                let db = Db::lite(&file).await.map_err(|e| named(e, &file))?;
                let bell = broadcast::channel(1_024).0;
                // A node of its own: two processes make numbers for one database.
                Ok(Self::of(db, None, id::node().max(1), at, bell))
            }
            (opened, _) => opened,
        }
    }

    fn of(
        db: Db,
        lock: Option<FolderLock>,
        node: u8,
        at: &Location,
        bell: broadcast::Sender<u64>,
    ) -> Self {
        let tail = outbox::listen(&db, bell.clone());
        Self(Arc::new(Inner {
            db,
            ids: id::IdMaker::new(node),
            bell,
            tail,
            location: at.clone(),
            lock,
        }))
    }
}

async fn lite(file: &Path, lock: &mut FolderLock, bell: &broadcast::Sender<u64>) -> Result<Db> {
    let db = Db::lite(file).await?;
    if lock.unclean {
        tracing::info!("store: the last stop was not orderly, looking closely");
        backup::check(&db).await?;
        lock.unclean = false;
    }
    migrate::migrate(&db, bell).await?;
    Ok(db)
}
