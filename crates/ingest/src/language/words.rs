//! Small words that tell languages of one script apart where a text is short.

/// Words that hardly any other language of the script has, or has as often.
const WORDS: [(&str, &str); 6] = [
    (
        "en",
        "the of and in to is was for that with on as by at from are his has have be an it its their after will says",
    ),
    (
        "id",
        "yang dan dengan untuk dari pada ini itu akan tidak dalam oleh juga karena bahwa telah sebagai adalah di ke para \
         menjadi lebih dapat bisa mereka tersebut saat setelah dia ia kami atau sudah belum hingga warga ada sangat satu tahun orang seorang sebuah merupakan sekitar hanya namun memiliki dua hari \
         beberapa antara tetapi sering masih secara kemudian setiap banyak sama kota",
    ),
    (
        "tl",
        "ang ng mga sa na ay kay ni si ito hindi para nang isang kung nila kanyang mula noong",
    ),
    (
        "tr",
        "ve bir bu için ile olarak daha çok gibi sonra kadar olan ancak değil ama",
    ),
    (
        "fr",
        "le la les des du et est une dans pour que qui sur pas avec",
    ),
    ("es", "el la los las del y es una en por que con para se su"),
];

/// Words of Malay that Indonesian spells or says in another way.
const MALAY: &str = "kerana bahawa ialah syarikat kerajaan polis wang letak jawatan peratus timbalan \
                     selepas kejohanan perlawanan bilion labur pengangkutan lebuh";

/// The language most of whose small words stand in a text: two at least, and twice as many as of any other.
pub(super) fn tell(text: &str, tags: &[&'static str]) -> Option<&'static str> {
    if !tags.contains(&"en") {
        return None;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let hits = |list: &str| {
        let of_list = |word: &&&str| list.split_whitespace().any(|known| known == **word);
        words.iter().filter(of_list).count()
    };
    let mut counts: Vec<(usize, &'static str)> = WORDS
        .iter()
        .filter_map(|(tag, list)| {
            let tag = tags.iter().copied().find(|known| known == tag)?;
            Some((hits(list), tag))
        })
        .collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let (most, tag) = counts.first().copied()?;
    let next = counts.get(1).map_or(0, |(count, _)| *count);
    if most < 2 || most < next * 2 {
        return None;
    }
    let malay = tag == "id" && tags.contains(&"ms") && hits(MALAY) > 0;
    Some(if malay { "ms" } else { tag })
}
