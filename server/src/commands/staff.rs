//! `staff`: the people of the newsroom.
//!
//! Also beside a site that is being served: the server asks the store anew for people, links and
//! sessions with every request, so what is written here holds from the next one on.

use super::{Failed, beside, say};
use crate::config::Config;
use auth::Auth;
use clap::Subcommand;
use news::Role;
use store::{NewStaff, StaffStatus, Store};

/// What can be done about people.
#[derive(Debug, Subcommand)]
pub(crate) enum Staff {
    /// Add somebody and print a link that signs them in once.
    Add {
        /// Their name, as colleagues see it.
        #[arg(long)]
        name: String,
        /// Their e-mail address: what they sign in with.
        #[arg(long)]
        email: String,
        /// What they may do: contributor, writer, editor, chief or admin.
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Everybody, with their roles.
    List,
    /// Print a new link that signs somebody in once.
    Link {
        /// Their e-mail address.
        #[arg(long)]
        email: String,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_slug(text).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.into_iter().map(Role::slug).collect();
        format!("the roles are {}", all.join(", "))
    })
}

impl Staff {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        beside(&config, async |store| self.with(store).await).await
    }

    async fn with(self, store: &Store) -> Result<(), Failed> {
        match self {
            Self::Add { name, email, role } => {
                let email = email.trim().to_lowercase();
                if email.len() > 254
                    || !email
                        .split_once('@')
                        .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
                {
                    return Err(Failed::with_code(
                        "an e-mail address is needed, such as mika@asian-news.example",
                        64,
                    ));
                }
                if store.staff_by_email(&email).await?.is_some() {
                    return Err(Failed::with_code(
                        format_args!("{email} is there already; `staff link` makes a new link"),
                        65,
                    ));
                }
                let new = NewStaff {
                    email: email.clone(),
                    name,
                    roles: vec![role],
                };
                let id = store.add_staff(new).await?;
                link(store, id, &email).await
            }
            Self::List => {
                for staff in store.list_staff().await? {
                    let roles: Vec<&str> = staff.roles.iter().map(|role| role.slug()).collect();
                    let left = if staff.status == StaffStatus::Closed {
                        " (left)"
                    } else {
                        ""
                    };
                    say(format_args!(
                        "{}\t{}\t{}{left}",
                        staff.email,
                        staff.name,
                        roles.join(" ")
                    ))?;
                }
                Ok(())
            }
            Self::Link { email } => {
                let email = email.trim().to_lowercase();
                let staff = store.staff_by_email(&email).await?.ok_or_else(|| {
                    Failed::with_code(
                        format_args!(
                            "nobody has the address {email}; `staff list` shows everybody"
                        ),
                        65,
                    )
                })?;
                link(store, staff.id, &email).await
            }
        }
    }
}

async fn link(store: &Store, staff: news::StaffId, email: &str) -> Result<(), Failed> {
    let token = Auth::new(store.clone()).new_link(staff).await?;
    say(format_args!(
        "{email} signs in once, within 24 hours, at the site's address followed by"
    ))?;
    say(format_args!("/sign-in/{token}"))
}
