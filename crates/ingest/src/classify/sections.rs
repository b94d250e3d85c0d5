//! The words publishers use for our ten sections: in categories, in addresses, in headlines.

use news::Section::{
    self, Business, Climate, Culture, Opinion, Politics, Science, Society, Sport, Technology, World,
};
use url::Url;

/// The section a category names.
pub(super) fn named(term: &str) -> Option<Section> {
    let term = term.trim().to_lowercase();
    // "News/Business" and "Business > Markets": each part may be the name.
    let mut parts = term.split(['/', '>', '|']).map(str::trim);
    whole(&term).or_else(|| parts.find_map(whole))
}

fn whole(term: &str) -> Option<Section> {
    let has = |terms: &str| terms.split('|').any(|known| known == term);
    TERMS
        .iter()
        .find(|(_, terms)| has(terms))
        .map(|(section, _)| *section)
}

/// The section a part of the item's path names, and the part.
pub(super) fn of_address(url: &str) -> Option<(Section, String)> {
    let url = Url::parse(url).ok()?;
    let mut parts: Vec<String> = url.path_segments()?.map(str::to_lowercase).collect();
    // The last part is the story's own.
    parts.pop();
    if let Some(first) = url.host_str()?.split('.').next() {
        parts.push(first.to_owned());
    }
    parts
        .into_iter()
        .take(8)
        .find_map(|part| whole(&part.replace('_', "-")).map(|s| (s, part)))
}

/// The section a headline's word tells, and the word.
pub(super) fn of_title(title: &str) -> Option<(Section, &'static str)> {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    TELLING.iter().find_map(|(section, tell)| {
        let found = tell.split('|').find(|word| {
            if word.is_ascii() {
                words.contains(word)
            } else {
                lower.contains(word)
            }
        });
        found.map(|word| (*section, word))
    })
}

/// Names of sections, in lower case, in the languages of our first feeds.
const TERMS: [(Section, &str); 10] = [
    (
        Politics,
        "politics|government|election|elections|diplomacy|parliament|policy|national-politics|政治|\
         選挙|外交|時政|时政|정치|การเมือง|राजनीति|سياسة|السياسة|politik|chính trị|chinh-tri|siyaset|\
         политика|سیاست",
    ),
    (
        Business,
        "business|economy|economics|markets|market|finance|financial|money|companies|industry|\
         trade|energy|経済|ビジネス|经济|經濟|财经|財經|金融|경제|비즈니스|เศรษฐกิจ|ธุรกิจ|व्यापार|बिज़नेस|कारोबार|\
         اقتصاد|الاقتصاد|ekonomi|bisnis|kinh tế|kinh-te|kinh-doanh|экономика|бизнес|اقتصادی",
    ),
    (
        Culture,
        "culture|arts|art|entertainment|books|film|films|movies|music|food|lifestyle|life|travel|\
         style|fashion|media|tv|arts-and-culture|arts & culture|文化|芸能|エンタメ|娱乐|娛樂|藝文|문화|연예|\
         บันเทิง|วัฒนธรรม|मनोरंजन|संस्कृति|ثقافة|فنون|budaya|hiburan|văn hóa|van-hoa|giai-tri|\
         kültür|kultur|культура|فرهنگ",
    ),
    (
        Technology,
        "technology|tech|it|internet|gadgets|computing|ai|startups|cyber|digital|sci-tech|テクノロジー|\
         科技|it・科学|기술|it·과학|เทคโนโลยี|टेक्नोलॉजी|तकनीक|टेक|تكنولوجيا|تقنية|teknologi|tekno|\
         công nghệ|cong-nghe|so-hoa|teknoloji|технологии|فناوری",
    ),
    (
        World,
        "world|international|asia|world-news|foreign|global|国際|国际|國際|世界|국제|ต่างประเทศ|दुनिया|\
         विदेश|العالم|عالم|internasional|dunia|thế giới|the-gioi|dünya|dunya|мир|в мире|جهان",
    ),
    (
        Science,
        "science|health|medicine|space|research|coronavirus|covid-19|wellness|科学|医療|健康|科學|醫療|과학|\
         건강|สุขภาพ|วิทยาศาสตร์|विज्ञान|स्वास्थ्य|सेहत|علوم|صحة|sains|kesehatan|khoa học|khoa-hoc|\
         suc-khoe|sağlık|bilim|наука|здоровье",
    ),
    (
        Climate,
        "climate|environment|weather|climate-change|climate change|nature|disaster|disasters|環境|\
         気象|天気|环境|气候|氣候|天气|환경|날씨|สิ่งแวดล้อม|पर्यावरण|मौसम|بيئة|مناخ|lingkungan|môi trường|\
         moi-truong|çevre|экология|климат",
    ),
    (
        Society,
        "society|education|crime|community|people|religion|law|courts|migration|women|社会|教育|社會|\
         사회|교육|สังคม|การศึกษา|อาชญากรรม|समाज|शिक्षा|مجتمع|تعليم|pendidikan|sosial|xã hội|xa-hoi|\
         giao-duc|toplum|общество|اجتماعی",
    ),
    (
        Sport,
        "sport|sports|cricket|football|soccer|baseball|tennis|golf|badminton|olympics|スポーツ|野球|\
         サッカー|体育|體育|スポーツ総合|스포츠|กีฬา|खेल|क्रिकेट|رياضة|olahraga|bola|thể thao|the-thao|spor|спорт|\
         ورزشی",
    ),
    (
        Opinion,
        "opinion|opinions|editorial|editorials|commentary|comment|column|columns|op-ed|letters|\
         analysis-opinion|社説|オピニオン|评论|評論|社论|오피니언|사설|ความคิดเห็น|विचार|संपादकीय|رأي|آراء|opini|\
         góc nhìn|goc-nhin|ý kiến|мнения",
    ),
];

/// Words that tell a section when nothing else does; only such as hardly mean anything else.
const TELLING: [(Section, &str); 7] = [
    (
        Sport,
        "cricket|football|olympic|badminton|サッカー|野球|축구|ฟุตบอล|क्रिकेट|كرة القدم",
    ),
    (
        Climate,
        "typhoon|earthquake|flood|floods|monsoon|climate|台風|地震|台风|颱風|태풍|พายุ|भूकंप|زلزال",
    ),
    (
        Technology,
        "ai|chip|chips|semiconductor|cyberattack|smartphone|半導体|半导体|半導體|반도체",
    ),
    (
        Business,
        "stocks|shares|inflation|exports|gdp|economy|株価|股市|증시|ตลาดหุ้น|शेयर बाजार",
    ),
    (
        Science,
        "vaccine|hospital|outbreak|virus|ワクチン|疫苗|백신|วัคซีน|वैक्सीन",
    ),
    (
        Politics,
        "election|parliament|president|minister|premier|senate|首相|選挙|选举|選舉|대통령|선거|นายกรัฐมนตรี|\
         चुनाव|रئيس|الرئيس",
    ),
    (
        Culture,
        "film|museum|festival|singer|映画|电影|電影|영화|ภาพยนตร์|फिल्म|فيلم",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_many_languages() {
        let check = |term: &str, want: Option<Section>| assert_eq!(named(term), want, "{term}");
        check("Technology", Some(Technology));
        check("News/Business", Some(Business));
        check("経済", Some(Business));
        check("體育", Some(Sport));
        check("Chính trị", Some(Politics));
        check("การเมือง", Some(Politics));
        check("Kim Jong Un", None);
    }

    #[test]
    fn addresses_name_sections_before_their_last_part() {
        let check = |url: &str, want: Option<Section>| {
            assert_eq!(of_address(url).map(|(section, _)| section), want, "{url}");
        };
        check("https://a.example/business/2026/tokyo", Some(Business));
        check("https://sports.a.example/x/1", Some(Sport));
        check("https://a.example/articles/sport", None);
        check("no address", None);
    }
}
