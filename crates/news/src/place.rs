//! The 53 places a story can be about, and their regions.
//!
//! Codes are ISO 3166-1; regions are UN M49 sub-regions (Russia and Egypt are "also in Asia" and have none);
//! names are the English short names of Unicode CLDR. The order is the lists' own.

use Region::{CentralAsia, EasternAsia, SouthEasternAsia, SouthernAsia, WesternAsia};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One of the five M49 sub-regions of Asia.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// M49 143.
    CentralAsia,
    /// M49 030.
    EasternAsia,
    /// M49 035.
    SouthEasternAsia,
    /// M49 034.
    SouthernAsia,
    /// M49 145.
    WesternAsia,
}

impl Region {
    /// All five, in the site's order.
    pub const ALL: [Self; 5] = [
        CentralAsia,
        EasternAsia,
        SouthEasternAsia,
        SouthernAsia,
        WesternAsia,
    ];

    /// Its M49 name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CentralAsia => "Central Asia",
            EasternAsia => "Eastern Asia",
            SouthEasternAsia => "South-eastern Asia",
            SouthernAsia => "Southern Asia",
            WesternAsia => "Western Asia",
        }
    }

    /// Its part of the address.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            CentralAsia => "central-asia",
            EasternAsia => "eastern-asia",
            SouthEasternAsia => "south-eastern-asia",
            SouthernAsia => "southern-asia",
            WesternAsia => "western-asia",
        }
    }

    /// By the last part of its address.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.slug() == slug)
    }

    /// Other spellings that lead to its address: `southeast-asia`.
    #[must_use]
    pub fn from_alias(slug: &str) -> Option<Self> {
        match slug {
            "southeast-asia" | "south-east-asia" => Some(SouthEasternAsia),
            "east-asia" => Some(EasternAsia),
            "south-asia" => Some(SouthernAsia),
            "west-asia" => Some(WesternAsia),
            _ => None,
        }
    }

    /// Its places, in the site's order.
    pub fn places(self) -> impl Iterator<Item = Place> {
        Place::ALL
            .into_iter()
            .filter(move |p| p.region() == Some(self))
    }
}

macro_rules! places {
    ($($code:ident $iso3:literal $region:expr, $zone:literal $slug:literal $name:literal)*) => {
        /// What a story is about, not where it was filed. "Country" is no word of ours.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        pub enum Place { $(#[doc = $name] $code,)* }

        impl Place {
            /// All 53, by region, in the site's order.
            pub const ALL: [Self; 53] = [$(Self::$code),*];
            /// ISO 3166-1 alpha-2: `JP`. Its key in the store.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$code => stringify!($code)),* } }
            /// ISO 3166-1 alpha-3: `JPN`.
            #[must_use]
            pub const fn iso3(self) -> &'static str { match self { $(Self::$code => $iso3),* } }
            /// Its region; `None` for the two that are only partly in Asia.
            #[must_use]
            pub const fn region(self) -> Option<Region> { match self { $(Self::$code => $region),* } }
            /// Its main time zone in the IANA database.
            #[must_use]
            pub const fn zone(self) -> &'static str { match self { $(Self::$code => $zone),* } }
            /// Its part of the address: `japan`.
            #[must_use]
            pub const fn slug(self) -> &'static str { match self { $(Self::$code => $slug),* } }
            /// Its English short name in CLDR.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$code => $name),* } }
        }
    };
}

places! {
    KZ "KAZ" Some(CentralAsia), "Asia/Almaty" "kazakhstan" "Kazakhstan"
    KG "KGZ" Some(CentralAsia), "Asia/Bishkek" "kyrgyzstan" "Kyrgyzstan"
    TJ "TJK" Some(CentralAsia), "Asia/Dushanbe" "tajikistan" "Tajikistan"
    TM "TKM" Some(CentralAsia), "Asia/Ashgabat" "turkmenistan" "Turkmenistan"
    UZ "UZB" Some(CentralAsia), "Asia/Tashkent" "uzbekistan" "Uzbekistan"
    CN "CHN" Some(EasternAsia), "Asia/Shanghai" "china" "China"
    HK "HKG" Some(EasternAsia), "Asia/Hong_Kong" "hong-kong" "Hong Kong"
    MO "MAC" Some(EasternAsia), "Asia/Macau" "macao" "Macao"
    TW "TWN" Some(EasternAsia), "Asia/Taipei" "taiwan" "Taiwan"
    JP "JPN" Some(EasternAsia), "Asia/Tokyo" "japan" "Japan"
    KP "PRK" Some(EasternAsia), "Asia/Pyongyang" "north-korea" "North Korea"
    KR "KOR" Some(EasternAsia), "Asia/Seoul" "south-korea" "South Korea"
    MN "MNG" Some(EasternAsia), "Asia/Ulaanbaatar" "mongolia" "Mongolia"
    BN "BRN" Some(SouthEasternAsia), "Asia/Brunei" "brunei" "Brunei"
    KH "KHM" Some(SouthEasternAsia), "Asia/Phnom_Penh" "cambodia" "Cambodia"
    ID "IDN" Some(SouthEasternAsia), "Asia/Jakarta" "indonesia" "Indonesia"
    LA "LAO" Some(SouthEasternAsia), "Asia/Vientiane" "laos" "Laos"
    MY "MYS" Some(SouthEasternAsia), "Asia/Kuala_Lumpur" "malaysia" "Malaysia"
    MM "MMR" Some(SouthEasternAsia), "Asia/Yangon" "myanmar" "Myanmar (Burma)"
    PH "PHL" Some(SouthEasternAsia), "Asia/Manila" "philippines" "Philippines"
    SG "SGP" Some(SouthEasternAsia), "Asia/Singapore" "singapore" "Singapore"
    TH "THA" Some(SouthEasternAsia), "Asia/Bangkok" "thailand" "Thailand"
    TL "TLS" Some(SouthEasternAsia), "Asia/Dili" "timor-leste" "Timor-Leste"
    VN "VNM" Some(SouthEasternAsia), "Asia/Ho_Chi_Minh" "vietnam" "Vietnam"
    AF "AFG" Some(SouthernAsia), "Asia/Kabul" "afghanistan" "Afghanistan"
    BD "BGD" Some(SouthernAsia), "Asia/Dhaka" "bangladesh" "Bangladesh"
    BT "BTN" Some(SouthernAsia), "Asia/Thimphu" "bhutan" "Bhutan"
    IN "IND" Some(SouthernAsia), "Asia/Kolkata" "india" "India"
    IR "IRN" Some(SouthernAsia), "Asia/Tehran" "iran" "Iran"
    MV "MDV" Some(SouthernAsia), "Indian/Maldives" "maldives" "Maldives"
    NP "NPL" Some(SouthernAsia), "Asia/Kathmandu" "nepal" "Nepal"
    PK "PAK" Some(SouthernAsia), "Asia/Karachi" "pakistan" "Pakistan"
    LK "LKA" Some(SouthernAsia), "Asia/Colombo" "sri-lanka" "Sri Lanka"
    AM "ARM" Some(WesternAsia), "Asia/Yerevan" "armenia" "Armenia"
    AZ "AZE" Some(WesternAsia), "Asia/Baku" "azerbaijan" "Azerbaijan"
    BH "BHR" Some(WesternAsia), "Asia/Bahrain" "bahrain" "Bahrain"
    CY "CYP" Some(WesternAsia), "Asia/Nicosia" "cyprus" "Cyprus"
    GE "GEO" Some(WesternAsia), "Asia/Tbilisi" "georgia" "Georgia"
    IQ "IRQ" Some(WesternAsia), "Asia/Baghdad" "iraq" "Iraq"
    IL "ISR" Some(WesternAsia), "Asia/Jerusalem" "israel" "Israel"
    JO "JOR" Some(WesternAsia), "Asia/Amman" "jordan" "Jordan"
    KW "KWT" Some(WesternAsia), "Asia/Kuwait" "kuwait" "Kuwait"
    LB "LBN" Some(WesternAsia), "Asia/Beirut" "lebanon" "Lebanon"
    OM "OMN" Some(WesternAsia), "Asia/Muscat" "oman" "Oman"
    PS "PSE" Some(WesternAsia), "Asia/Gaza" "palestinian-territories" "Palestinian Territories"
    QA "QAT" Some(WesternAsia), "Asia/Qatar" "qatar" "Qatar"
    SA "SAU" Some(WesternAsia), "Asia/Riyadh" "saudi-arabia" "Saudi Arabia"
    SY "SYR" Some(WesternAsia), "Asia/Damascus" "syria" "Syria"
    TR "TUR" Some(WesternAsia), "Europe/Istanbul" "turkiye" "Türkiye"
    AE "ARE" Some(WesternAsia), "Asia/Dubai" "united-arab-emirates" "United Arab Emirates"
    YE "YEM" Some(WesternAsia), "Asia/Aden" "yemen" "Yemen"
    RU "RUS" None, "Asia/Yekaterinburg" "russia" "Russia"
    EG "EGY" None, "Africa/Cairo" "egypt" "Egypt"
}

impl Place {
    /// By the last part of its address.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.slug() == slug)
    }

    /// By its two-letter code, in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|p| p.code().eq_ignore_ascii_case(code))
    }

    /// Other spellings that lead to its address: the codes, and names in wide use.
    #[must_use]
    pub fn from_alias(slug: &str) -> Option<Self> {
        Self::from_code(slug)
            .or_else(|| {
                Self::ALL
                    .into_iter()
                    .find(|p| p.iso3().eq_ignore_ascii_case(slug))
            })
            .or(match slug {
                "burma" => Some(Self::MM),
                "korea" => Some(Self::KR),
                "macau" => Some(Self::MO),
                "turkey" => Some(Self::TR),
                "uae" => Some(Self::AE),
                "palestine" => Some(Self::PS),
                "east-timor" => Some(Self::TL),
                _ => None,
            })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn fifty_three_places_each_found_by_its_names() {
        let slugs: HashSet<_> = Place::ALL.iter().map(|p| p.slug()).collect();
        assert_eq!(slugs.len(), 53);
        for place in Place::ALL {
            assert_eq!(Place::from_slug(place.slug()), Some(place));
            assert_eq!(Place::from_alias(&place.code().to_lowercase()), Some(place));
            assert_eq!(Place::from_alias(&place.iso3().to_lowercase()), Some(place));
        }
        assert_eq!(
            Place::ALL.iter().filter(|p| p.region().is_none()).count(),
            2
        );
        assert_eq!(Region::ALL.map(|r| r.places().count()), [5, 8, 11, 9, 18]);
    }
}
