//! The table of names, place by place.

use news::Place::{self, *};

/// What contains a place's name and is none of our places.
pub(super) const NOT_PLACES: &str = "South China Sea|East China Sea|Indian Ocean|Sea of Japan|Persian Gulf|\
    South China Morning Post|Times of India|Indian Express|Japan Times|Japan Today|China Daily|\
    Michael Jordan|Jordan River|Georgia Tech|Atlanta, Georgia|Georgia, U.S.|American Indian|\
    Indian summer|Turkish Airlines|印度洋|インド洋|南シナ海|東シナ海|日本海|日本経済新聞|南海|印尼盾|인도양|\
    المحيط الهندي|हिंद महासागर";

/// The names; "?" before one that may mean something else and needs company.
pub(super) const PLACES: [(Place, &str); 53] = [
    (
        KZ,
        "Kazakhstan|Kazakh|Kazakhs|Astana|Almaty|カザフスタン|哈萨克斯坦|哈薩克|카자흐스탄|كازاخستان|คาซัคสถาน|कज़ाखस्तान|Қазақстан|Казахстан|Казахстана|Казахстане|Астана|Астане|Kazakistan|Qazaqstan",
    ),
    (
        KG,
        "Kyrgyzstan|Kyrgyz|Bishkek|キルギス|吉尔吉斯斯坦|吉爾吉斯|키르기스스탄|قيرغيزستان|Кыргызстан|Киргизия|Бишкек|Бишкеке|Kırgızistan",
    ),
    (
        TJ,
        "Tajikistan|Tajik|Tajiks|Dushanbe|タジキスタン|塔吉克斯坦|타지키스탄|طاجيكستان|تاجیکستان|Тоҷикистон|Таджикистан|Душанбе|Tacikistan",
    ),
    (
        TM,
        "Turkmenistan|Turkmen|Ashgabat|トルクメニスタン|土库曼斯坦|투르크메니스탄|تركمانستان|Туркменистан|Ашхабад|Türkmenistan",
    ),
    (
        UZ,
        "Uzbekistan|Uzbek|Uzbeks|Tashkent|Samarkand|ウズベキスタン|乌兹别克斯坦|烏茲別克|우즈베키스탄|أوزبكستان|Узбекистан|Узбекистана|Ташкент|Ташкенте|Özbekistan|O‘zbekiston|O'zbekiston",
    ),
    (
        CN,
        "China|Chinese|Beijing|Shanghai|Guangzhou|Shenzhen|Xinjiang|Tibet|Wuhan|Chongqing|Chengdu|中国|中國|北京|上海|广州|廣州|深圳|新疆|西藏|重庆|重慶|中华人民共和国|중국|베이징|상하이|الصين|الصينية|الصيني|صين|بكين|จีน|ปักกิ่ง|เซี่ยงไฮ้|चीन|बीजिंग|Tiongkok|Trung Quốc|Bắc Kinh|Китай|Китая|Китае|Пекин|Пекине|Çin|Pekin|چین|پکن|China's",
    ),
    (
        HK,
        "Hong Kong|Hongkong|Hong Kongers|香港|홍콩|هونغ كونغ|هونج كونج|ฮ่องกง|हांगकांग|Hồng Kông|Гонконг|Гонконге",
    ),
    (
        MO,
        "Macao|Macau|マカオ|澳门|澳門|마카오|ماكاو|มาเก๊า|Ma Cao|Макао",
    ),
    (
        TW,
        "Taiwan|Taiwanese|Taipei|Kaohsiung|台湾|臺灣|台灣|台北|臺北|高雄|대만|타이베이|تايوان|ไต้หวัน|ไทเป|ताइवान|Đài Loan|Đài Bắc|Тайвань|Тайваня|Тайване|Тайбэй|Tayvan|تایوان",
    ),
    (
        JP,
        "Japan|Japanese|Tokyo|Osaka|Kyoto|Hiroshima|Fukushima|Okinawa|Hokkaido|Kyushu|Nagoya|日本|東京|东京|大阪|京都|沖縄|冲绳|北海道|福島|福岛|일본|도쿄|오사카|اليابان|اليابانية|الياباني|طوكيو|ญี่ปุ่น|โตเกียว|जापान|टोक्यो|Jepang|Nhật Bản|Япония|Японии|Японию|Токио|Japonya|ژاپن|توکیو",
    ),
    (
        KP,
        "North Korea|North Korean|North Koreans|Pyongyang|DPRK|Kim Jong Un|Kim Jong-un|北朝鮮|朝鲜|北韓|北韩|平壌|平壤|북한|평양|كوريا الشمالية|بيونغ يانغ|เกาหลีเหนือ|เปียงยาง|उत्तर कोरिया|उत्तर कोरियाई|Korea Utara|Triều Tiên|Северная Корея|КНДР|Пхеньян|Kuzey Kore|کره شمالی",
    ),
    (
        KR,
        "South Korea|South Korean|South Koreans|Seoul|Busan|Incheon|韓国|韩国|韓國|ソウル|首尔|首爾|釜山|한국|서울|부산|대한민국|كوريا الجنوبية|سول|سيول|เกาหลีใต้|กรุงโซล|दक्षिण कोरिया|सियोल|सोल|Korea Selatan|Hàn Quốc|Seul|Южная Корея|Южной Кореи|Сеул|Сеуле|Güney Kore|کره جنوبی",
    ),
    (
        MN,
        "Mongolia|Mongolian|Mongolians|Ulaanbaatar|Ulan Bator|モンゴル|蒙古国|蒙古國|몽골|منغوليا|มองโกเลีย|मंगोलिया|Монгол|Монголия|Улаанбаатар|Moğolistan",
    ),
    (
        BN,
        "Brunei|Bruneian|Bandar Seri Begawan|ブルネイ|文莱|汶萊|브루나이|بروناي|บรูไน|ब्रुनेई|Бруней",
    ),
    (
        KH,
        "Cambodia|Cambodian|Cambodians|Phnom Penh|Khmer|カンボジア|プノンペン|柬埔寨|金边|金邊|캄보디아|프놈펜|كمبوديا|กัมพูชา|พนมเปญ|कंबोडिया|Kamboja|Campuchia|កម្ពុជា|ភ្នំពេញ|Камбоджа|Kamboçya",
    ),
    (
        ID,
        "Indonesia|Indonesian|Indonesians|Jakarta|Bali|Java|Sumatra|Surabaya|Bandung|Nusantara|インドネシア|ジャカルタ|印度尼西亚|印尼|雅加达|雅加達|인도네시아|자카르타|إندونيسيا|اندونيسيا|جاكرتا|อินโดนีเซีย|จาการ์ตา|इंडोनेशिया|जकार्ता|Индонезия|Индонезии|Джакарта|Endonezya|اندونزی",
    ),
    (
        LA,
        "Laos|Lao|Laotian|Vientiane|ラオス|老挝|寮國|라오스|لاوس|ลาว|เวียงจันทน์|लाओस|Lào|ລາວ|ວຽງຈັນ|Лаос",
    ),
    (
        MY,
        "Malaysia|Malaysian|Malaysians|Kuala Lumpur|Penang|Sabah|Sarawak|Putrajaya|マレーシア|クアラルンプール|马来西亚|馬來西亞|吉隆坡|말레이시아|쿠알라룸푸르|ماليزيا|มาเลเซีย|กัวลาลัมเปอร์|मलेशिया|Малайзия|Малайзии|Malezya|مالزی",
    ),
    (
        MM,
        "Myanmar|Burma|Burmese|Naypyidaw|Yangon|Rohingya|Mandalay|Rakhine|ミャンマー|ヤンゴン|缅甸|緬甸|仰光|미얀마|양곤|ميانمار|เมียนมา|พม่า|ย่างกุ้ง|म्यांमार|မြန်မာ|ရန်ကုန်|နေပြည်တော်|Мьянма|Мьянме",
    ),
    (
        PH,
        "Philippines|Philippine|Filipino|Filipinos|Filipina|Manila|Mindanao|Cebu|Luzon|Pilipinas|フィリピン|マニラ|菲律宾|菲律賓|马尼拉|馬尼拉|필리핀|마닐라|الفلبين|الفيليبين|مانيلا|ฟิลิปปินส์|มะนิลา|फिलीपींस|Filipina|Filipinler|Филиппины|Филиппин|Манила",
    ),
    (
        SG,
        "Singapore|Singaporean|Singaporeans|シンガポール|新加坡|싱가포르|سنغافورة|สิงคโปร์|सिंगापुर|Singapura|Сингапур|Сингапуре|Singapur|سنگاپور",
    ),
    (
        TH,
        "Thailand|Thai|Thais|Bangkok|Phuket|Chiang Mai|タイ王国|タイ政府|タイ首相|バンコク|泰国|泰國|曼谷|태국|방콕|تايلاند|تايلند|بانكوك|ประเทศไทย|ไทย|กรุงเทพ|ภูเก็ต|เชียงใหม่|थाईलैंड|बैंकॉक|Thái Lan|Таиланд|Таиланде|Бангкок|Tayland|تایلند",
    ),
    (
        TL,
        "Timor-Leste|East Timor|Timorese|Dili|東ティモール|东帝汶|東帝汶|동티모르|تيمور الشرقية|ติมอร์|Timor Leste|Восточный Тимор",
    ),
    (
        VN,
        "Vietnam|Viet Nam|Vietnamese|Hanoi|Ho Chi Minh City|Saigon|Da Nang|Việt Nam|Hà Nội|TP.HCM|TP HCM|Sài Gòn|Đà Nẵng|ベトナム|ハノイ|越南|河内|河內|胡志明市|베트남|하노이|فيتنام|هانوي|เวียดนาม|ฮานอย|वियतनाम|Вьетнам|Вьетнаме|Ханой|ویتنام",
    ),
    (
        AF,
        "Afghanistan|Afghan|Afghans|Kabul|Kandahar|Taliban|アフガニスタン|カブール|阿富汗|喀布尔|喀布爾|아프가니스탄|카불|أفغانستان|افغانستان|كابول|کابل|อัฟกานิสถาน|अफगानिस्तान|अफ़ग़ानिस्तान|काबुल|Афганистан|Афганистане|Кабул|Afganistan",
    ),
    (
        BD,
        "Bangladesh|Bangladeshi|Bangladeshis|Dhaka|Chittagong|Chattogram|バングラデシュ|孟加拉国|孟加拉國|방글라데시|بنغلاديش|بنگلہ دیش|บังกลาเทศ|बांग्लादेश|ढाका|বাংলাদেশ|বাংলাদেশের|ঢাকা|ঢাকার|ঢাকায়|Бангладеш",
    ),
    (
        BT,
        "Bhutan|Bhutanese|Thimphu|ブータン|不丹|부탄|بوتان|ภูฏาน|भूटान|འབྲུག|Бутан",
    ),
    (
        IN,
        "India|Indian|Indians|New Delhi|Delhi|Mumbai|Kolkata|Chennai|Bengaluru|Bangalore|Hyderabad|Kashmir|Kerala|Gujarat|インド|ニューデリー|印度|新德里|孟买|孟買|인도|뉴델리|الهند|الهندية|الهندي|نيودلهي|อินเดีย|นิวเดลี|भारत|भारतीय|दिल्ली|मुंबई|कोलकाता|चेन्नई|இந்தியா|భారత్|ভারত|ভারতের|ભારત|ಭಾರತ|ഇന്ത്യ|ਭਾਰਤ|Ấn Độ|Индия|Индии|Индию|Дели|Hindistan|بھارت|هند",
    ),
    (
        IR,
        "Iran|Iranian|Iranians|Tehran|Isfahan|イラン|テヘラン|伊朗|德黑兰|德黑蘭|이란|테헤란|إيران|ايران|الإيرانية|الإيراني|طهران|ایران|تهران|อิหร่าน|เตหะราน|ईरान|तेहरान|Иран|Ирана|Иране|Тегеран|İran|Tahran",
    ),
    (
        MV,
        "Maldives|Maldivian|Malé|モルディブ|马尔代夫|馬爾地夫|몰디브|المالديف|มัลดีฟส์|मालदीव|ދިވެހިރާއްޖެ|މާލެ|Мальдивы|Maldivler|Maladewa",
    ),
    (
        NP,
        "Nepal|Nepali|Nepalese|Kathmandu|Everest|ネパール|カトマンズ|尼泊尔|尼泊爾|加德满都|네팔|카트만두|نيبال|เนปาล|नेपाल|नेपालको|काठमांडू|काठमाडौं|काठमाडौँ|Непал|Непале",
    ),
    (
        PK,
        "Pakistan|Pakistani|Pakistanis|Islamabad|Karachi|Lahore|Balochistan|Peshawar|パキスタン|イスラマバード|巴基斯坦|伊斯兰堡|伊斯蘭堡|파키스탄|باكستان|باکستان|پاکستان|اسلام آباد|إسلام آباد|کراچی|لاہور|ปากีสถาน|पाकिस्तान|इस्लामाबाद|Пакистан|Пакистане",
    ),
    (
        LK,
        "Sri Lanka|Sri Lankan|Sri Lankans|Colombo|スリランカ|コロンボ|斯里兰卡|斯里蘭卡|스리랑카|سريلانكا|سري لانكا|ศรีลังกา|श्रीलंका|இலங்கை|கொழும்பு|ශ්‍රී ලංකා|ශ්‍රී ලංකාව|කොළඹ|Шри-Ланка",
    ),
    (
        AM,
        "Armenia|Armenian|Armenians|Yerevan|アルメニア|亚美尼亚|亞美尼亞|아르메니아|أرمينيا|अर्मेनिया|Հայաստան|Երևան|Армения|Армении|Ереван|Ermenistan",
    ),
    (
        AZ,
        "Azerbaijan|Azerbaijani|Azerbaijanis|Baku|Nagorno-Karabakh|アゼルバイジャン|阿塞拜疆|亞塞拜然|아제르바이잔|أذربيجان|अज़रबैजान|Azərbaycan|Bakı|Азербайджан|Азербайджана|Баку|Azerbaycan",
    ),
    (
        BH,
        "Bahrain|Bahraini|Bahrainis|Manama|バーレーン|巴林|바레인|البحرين|المنامة|บาห์เรน|बहरीन|Бахрейн",
    ),
    (
        CY,
        "Cyprus|Cypriot|Cypriots|Nicosia|キプロス|塞浦路斯|키프로스|قبرص|साइप्रस|Кипр|Кипре|Kıbrıs",
    ),
    (
        GE,
        "?Georgia|?Georgian|?Georgians|Tbilisi|Batumi|Abkhazia|ジョージア|トビリシ|格鲁吉亚|조지아|جورجيا|საქართველო|თბილისი|Грузия|Грузии|Тбилиси|Gürcistan",
    ),
    (
        IQ,
        "Iraq|Iraqi|Iraqis|Baghdad|Basra|Mosul|Kurdistan|Erbil|イラク|バグダッド|伊拉克|巴格达|巴格達|이라크|바그다드|العراق|العراقية|العراقي|بغداد|البصرة|عراق|อิรัก|इराक|बगदाद|Ирак|Ирака|Ираке|Багдад|Irak",
    ),
    (
        IL,
        "Israel|Israeli|Israelis|Tel Aviv|Netanyahu|イスラエル|テルアビブ|以色列|特拉维夫|이스라엘|إسرائيل|اسرائيل|الإسرائيلية|الإسرائيلي|تل أبيب|ישראל|תל אביב|อิสราเอล|इजरायल|इज़राइल|Израиль|Израиля|Израиле|İsrail|اسرائیل",
    ),
    (
        JO,
        "?Jordan|Jordanian|Jordanians|Amman|ヨルダン|约旦|約旦|요르단|الأردن|الأردنية|الأردني|عمّان|जॉर्डन|จอร์แดน|Иордания|Иордании|Ürdün",
    ),
    (
        KW,
        "Kuwait|Kuwaiti|Kuwaitis|クウェート|科威特|쿠웨이트|الكويت|الكويتية|คูเวต|कुवैत|Кувейт|Kuveyt",
    ),
    (
        LB,
        "Lebanon|Lebanese|Beirut|Hezbollah|レバノン|ベイルート|黎巴嫩|贝鲁特|레바논|베이루트|لبنان|اللبنانية|اللبناني|بيروت|เลบานอน|लेबनान|Ливан|Ливана|Бейрут|Lübnan",
    ),
    (
        OM,
        "Oman|Omani|Omanis|Muscat|オマーン|阿曼|오만|سلطنة عمان|مسقط|โอมาน|ओमान|Оман|Umman",
    ),
    (
        PS,
        "Gaza|West Bank|Palestinian|Palestinians|Palestine|Ramallah|Hamas|パレスチナ|ガザ|巴勒斯坦|加沙|팔레스타인|가자지구|فلسطين|الفلسطينية|الفلسطيني|غزة|رام الله|الضفة الغربية|ปาเลสไตน์|กาซา|फिलिस्तीन|गाजा|Палестина|Палестины|Газа|Газе|Filistin|Gazze|فلسطین",
    ),
    (
        QA,
        "Qatar|Qatari|Qataris|Doha|カタール|ドーハ|卡塔尔|卡達|카타르|قطر|القطرية|الدوحة|กาตาร์|कतर|Катар|Катаре|Катара",
    ),
    (
        SA,
        "Saudi Arabia|Saudi|Saudis|Riyadh|Jeddah|Mecca|Medina|サウジアラビア|サウジ|リヤド|沙特阿拉伯|沙特|沙烏地阿拉伯|沙烏地|利雅得|사우디아라비아|사우디|السعودية|السعودي|المملكة العربية السعودية|الرياض|مكة|जेद्दा|सऊदी अरब|ซาอุดีอาระเบีย|ซาอุ|Arab Saudi|Саудовская Аравия|Эр-Рияд|Suudi Arabistan|عربستان",
    ),
    (
        SY,
        "Syria|Syrian|Syrians|Damascus|Aleppo|シリア|ダマスカス|叙利亚|敘利亞|大马士革|시리아|سوريا|سورية|السورية|السوري|دمشق|حلب|ซีเรีย|सीरिया|Сирия|Сирии|Дамаск|Suriye|سوریه",
    ),
    (
        TR,
        "Turkey|Türkiye|Turkiye|Turkish|Turks|Ankara|Istanbul|İstanbul|Izmir|İzmir|トルコ|アンカラ|イスタンブール|土耳其|安卡拉|伊斯坦布尔|튀르키예|터키|이스탄불|تركيا|التركية|التركي|أنقرة|إسطنبول|ตุรกี|तुर्की|तुर्किये|इस्तांबुल|Турция|Турции|Анкара|Стамбул|ترکیه",
    ),
    (
        AE,
        "United Arab Emirates|UAE|U.A.E.|Emirati|Emiratis|Dubai|Abu Dhabi|Sharjah|アラブ首長国連邦|ドバイ|阿联酋|阿聯|迪拜|杜拜|아랍에미리트|두바이|الإمارات|الإماراتية|دبي|أبوظبي|أبو ظبي|สหรัฐอาหรับเอมิเรตส์|ดูไบ|संयुक्त अरब अमीरात|यूएई|दुबई|ОАЭ|Дубай|BAE|امارات",
    ),
    (
        YE,
        "Yemen|Yemeni|Yemenis|Sanaa|Aden|Houthi|Houthis|イエメン|也门|葉門|예멘|اليمن|اليمنية|صنعاء|عدن|الحوثيين|เยเมน|यमन|Йемен|Йемене",
    ),
    (
        RU,
        "Russia|Russian|Russians|Moscow|Kremlin|Putin|Vladivostok|St. Petersburg|ロシア|モスクワ|俄罗斯|俄羅斯|莫斯科|러시아|모스크바|روسيا|الروسية|الروسي|موسكو|รัสเซีย|มอสโก|रूस|मॉस्को|Россия|России|Россию|Россией|Москва|Москве|Москвы|Кремль|Rusya|Moskova|روسیه|مسکو",
    ),
    (
        EG,
        "Egypt|Egyptian|Egyptians|Cairo|Alexandria|Suez|エジプト|カイロ|埃及|开罗|開羅|이집트|카이로|مصر|المصرية|المصري|القاهرة|السويس|อียิปต์|ไคโร|मिस्र|काहिरा|Египет|Египта|Египте|Каир|Mısır",
    ),
];
