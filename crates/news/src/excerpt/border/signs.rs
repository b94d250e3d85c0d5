//! Which sign ends a sentence, opens, closes, hangs or holds on to its neighbour: every script that news of Asia is
//! written in.

/// What ends a sentence.
pub(super) fn stops(c: char) -> bool {
    match c {
        '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' => true,
        // Chinese, Japanese, Yi.
        '。' | '．' | '！' | '？' | '｡' => true,
        // Devanagari with its neighbours, Ol Chiki, Meetei Mayek, Sinhala.
        '।' | '॥' | '\u{1c7e}' | '\u{1c7f}' | '\u{abeb}' | '\u{df4}' => true,
        // Arabic, Urdu, Syriac, Hebrew.
        '؟' | '۔' | '\u{700}'..='\u{702}' | '\u{5c3}' => true,
        // Myanmar, Khmer, Thai, Tibetan, Limbu, Tai Tham, Balinese, Javanese, Cham.
        '\u{104b}' | '\u{17d4}' | '\u{17d5}' | '\u{17da}' | '\u{e5a}' | '\u{e5b}' => true,
        '\u{f0d}'..='\u{f11}' | '\u{1944}' | '\u{1945}' | '\u{1aa8}'..='\u{1aab}' => true,
        '\u{1b5e}' | '\u{1b5f}' | '\u{a9c8}' | '\u{a9c9}' | '\u{aa5d}'..='\u{aa5f}' => true,
        // Mongolian, Armenian, Georgian, Ethiopic.
        '\u{1803}' | '\u{1809}' | '\u{589}' | '\u{10fb}' | '\u{1362}' => true,
        _ => false,
    }
}

/// What may not stand before "…": spaces, commas, dashes, opening quotes and brackets.
pub(crate) fn hangs(c: char) -> bool {
    c.is_whitespace()
        || opens(c)
        || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '/')
        || matches!(c, '、' | '，' | '；' | '：' | '・' | '､' | '･')
        || matches!(c, '،' | '؛' | '\u{200b}' | '\u{200c}' | '\u{200d}')
        // Commas of Armenian, Myanmar, Mongolian (also the Manchu one), Ethiopic.
        || matches!(c, '\u{55d}' | '\u{104a}' | '\u{1802}' | '\u{1808}' | '\u{1363}')
}

pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' | '（' | '［' | '【'
    ) || matches!(c, '《' | '〈' | '〔' | '｢' | '\u{f3a}' | '\u{f3c}')
}

pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '”' | '’' | '"' | '\'' | '»' | '›' | '」' | '』' | '）' | '］' | '】'
    ) || matches!(c, '》' | '〉' | '〕' | '｣' | '\u{f3b}' | '\u{f3d}')
}

/// Thai and Lao vowels that are written before their consonant, as in Tai Viet; and what opens.
pub(super) fn may_not_end(left: char) -> bool {
    opens(left)
        || matches!(left, 'เ'..='ไ' | 'ເ'..='ໄ')
        || matches!(
            left,
            '\u{aab5}' | '\u{aab6}' | '\u{aab9}' | '\u{aabb}' | '\u{aabc}'
        )
}

/// Whether a grapheme holds on to the next one: Unicode counts two, a reader sees one.
pub(super) fn joins(left: &str) -> bool {
    left.chars().next_back().is_some_and(|last| {
        matches!(
            last,
            // Signs that put the next consonant under this one, or beside it in one shape.
            '\u{200d}'
                | '\u{1039}'
                | '\u{17d2}'
                | '\u{1a60}'
                | '\u{a9c0}'
                | '\u{1b44}'
                | '\u{94d}'
                | '\u{9cd}'
                | '\u{a4d}'
                | '\u{acd}'
                | '\u{b4d}'
                | '\u{bcd}'
                | '\u{c4d}'
                | '\u{ccd}'
                | '\u{d4d}'
                | '\u{dca}'
                | '\u{f84}'
                | '\u{aaf6}'
        )
    })
}

/// Whether a line may not begin with this grapheme: it belongs to what stands before it.
pub(super) fn may_not_begin(right: &str) -> bool {
    // A consonant of Myanmar that ends its syllable carries the sign that takes its vowel.
    right.contains('\u{103a}')
        || right
            .chars()
            .next()
            .is_some_and(|c| closes(c) || stops(c) || leans(c))
}

fn leans(c: char) -> bool {
    match c {
        ',' | ';' | ':' | '%' | '、' | '，' | '；' | '：' | '・' | '％' | '､' | '･' => {
            true
        }
        'ー' | '々' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '〜' | '～' | '〻' | 'ｰ' => true,
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' => {
            true
        }
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' => {
            true
        }
        '\u{31f0}'..='\u{31ff}' | 'ｧ'..='ｯ' => true,
        // Thai and Lao: vowels that follow, signs of repetition and shortening.
        'ะ' | 'า' | 'ำ' | 'ๅ' | 'ๆ' | 'ฯ' | 'ະ' | 'າ' | 'ຳ' | 'ຽ' | 'ໆ' | 'ຯ' => {
            true
        }
        // Myanmar: vowels and tones that Unicode counts apart, and its comma.
        '\u{102b}' | '\u{102c}' | '\u{1038}' | '\u{104a}' | '\u{1062}'..='\u{1064}' => true,
        '\u{1067}'..='\u{106d}' | '\u{1083}' | '\u{1087}'..='\u{108c}' | '\u{108f}' => true,
        '\u{109a}'..='\u{109c}' | '\u{aa7b}' | '\u{aa7d}' => true,
        // Khmer: its colon and its sign of repetition. Tibetan: the end of a syllable.
        '\u{17d6}' | '\u{17d7}' | '\u{f0b}' | '\u{f0c}' => true,
        // Tai Tham, Tai Viet and New Tai Lue: vowels and tones that follow.
        '\u{1a61}' | '\u{1a63}' | '\u{1a64}' | '\u{aab1}' | '\u{aaba}' | '\u{aabd}' => true,
        '\u{aac0}' | '\u{aac2}' | '\u{19b0}'..='\u{19c9}' => true,
        // Commas of Mongolian, Armenian, Arabic.
        '\u{1802}' | '\u{1808}' | '\u{55d}' | '،' | '؛' => true,
        _ => false,
    }
}

/// Scripts written without spaces between words.
#[derive(Clone, Copy)]
pub(super) enum Unspaced {
    /// Broken between any two characters.
    Character,
    /// Broken between syllables, better at a space.
    Syllable,
}

pub(super) fn unspaced(c: char) -> Option<Unspaced> {
    match c {
        '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' => {
            Some(Unspaced::Character)
        }
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
            Some(Unspaced::Character)
        }
        // Yi, and Katakana of half width.
        '\u{a000}'..='\u{a48f}' | '\u{ff66}'..='\u{ff9f}' => Some(Unspaced::Character),
        '\u{20000}'..='\u{323af}' | '々' | '〆' => Some(Unspaced::Character),
        // Punctuation of full width breaks like the characters beside it.
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}' => {
            Some(Unspaced::Character)
        }
        // Thai and Lao, Myanmar, Khmer.
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            Some(Unspaced::Syllable)
        }
        // Myanmar's further letters, Tai Le, New Tai Lue, Tai Tham, Tai Viet, Balinese, Javanese.
        '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}' | '\u{1950}'..='\u{19df}' => {
            Some(Unspaced::Syllable)
        }
        '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1b7f}' | '\u{a980}'..='\u{a9df}' => {
            Some(Unspaced::Syllable)
        }
        _ => None,
    }
}
