//! May this person do this? The first line of every function that changes something.

use news::{Act, Refusal, StaffId};
use store::Staff;

/// Lets the viewer pass, or says why not. `owner` is the staff member who began the story in question
/// (`Some(None)`: a story nobody began, such as an agency's); `None` where the act is about no story.
///
/// # Errors
/// [`Refusal::SignInFirst`] without a session, [`Refusal::NotYours`] where no role of theirs allows it.
pub fn guard(
    viewer: Option<&Staff>,
    act: Act,
    owner: Option<Option<StaffId>>,
) -> Result<Staff, Refusal> {
    let staff = viewer.ok_or(Refusal::SignInFirst)?;
    let may = |act: Act| staff.roles.iter().any(|role| role.may(act));
    let allowed = match (act, owner) {
        // One's own story needs only the right to one's own; anybody else's needs more.
        (Act::EditOwnStory, Some(owner)) if owner != Some(staff.id) => may(Act::EditAnyStory),
        _ => may(act),
    };
    if allowed {
        Ok(staff.clone())
    } else {
        Err(Refusal::NotYours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::{Id, Role};

    fn member(role: Role) -> Staff {
        Staff {
            id: Id(7),
            email: "mika@asian-news.example".into(),
            name: "Mika Arai".into(),
            roles: vec![role],
            password_hash: None,
            status: store::StaffStatus::Active,
        }
    }

    /// The table of who may do what, written a second time by hand.
    #[test]
    fn role_by_act() {
        use Act::{
            ArrangeEvent, BeginStory, EditAnyStory, EditOwnStory, ManageRules, ManageSources,
            ManageStaff, MarkBreaking, PlaceExcerpt, Publish, ReadDraft, Withdraw,
        };
        let table: [(Role, &[Act]); 5] = [
            (Role::Contributor, &[ReadDraft, BeginStory, EditOwnStory]),
            (
                Role::Writer,
                &[ReadDraft, BeginStory, EditOwnStory, EditAnyStory],
            ),
            (
                Role::Editor,
                &[
                    ReadDraft,
                    BeginStory,
                    EditOwnStory,
                    EditAnyStory,
                    Publish,
                    Withdraw,
                    PlaceExcerpt,
                    ArrangeEvent,
                    MarkBreaking,
                ],
            ),
            (
                Role::Chief,
                &[
                    ReadDraft,
                    BeginStory,
                    EditOwnStory,
                    EditAnyStory,
                    Publish,
                    Withdraw,
                    PlaceExcerpt,
                    ArrangeEvent,
                    MarkBreaking,
                    ManageRules,
                ],
            ),
            (Role::Admin, &Act::ALL),
        ];
        assert_eq!(table.map(|(role, _)| role), Role::ALL);
        for (role, allowed) in table {
            for act in Act::ALL {
                let answer = guard(Some(&member(role)), act, None);
                assert_eq!(answer.is_ok(), allowed.contains(&act), "{role:?} {act:?}");
                assert_eq!(
                    answer.err(),
                    (!allowed.contains(&act)).then_some(Refusal::NotYours)
                );
            }
        }
        // No act was forgotten: these are the admin's alone.
        for act in [ManageStaff, ManageSources] {
            assert!(guard(Some(&member(Role::Chief)), act, None).is_err());
        }
    }

    #[test]
    fn ones_own_story_and_anybody_elses() {
        let contributor = member(Role::Contributor);
        let check = |owner: Option<StaffId>, want: bool| {
            let answer = guard(Some(&contributor), Act::EditOwnStory, Some(owner));
            assert_eq!(answer.is_ok(), want, "{owner:?}");
        };
        check(Some(Id(7)), true);
        check(Some(Id(8)), false);
        check(None, false);
        assert!(
            guard(
                Some(&member(Role::Writer)),
                Act::EditOwnStory,
                Some(Some(Id(8)))
            )
            .is_ok()
        );
        for act in Act::ALL {
            assert_eq!(guard(None, act, None).err(), Some(Refusal::SignInFirst));
        }
    }
}
