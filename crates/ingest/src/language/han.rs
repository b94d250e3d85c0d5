//! Simplified or traditional Chinese, by characters that exist in only one of the two.

use news::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Common characters of news, simplified and traditional in the same order.
const SIMPLIFIED: &str = "国东车门马鸟鱼龙风飞见长开关问间闻书买卖学习写让说话请谁认识语读课调谈论议设计访许评试诉词译该诗详\
    误谢谣谨谱华单双发变叶听启员响团园围图圆场坏块坚坛垒头夺奋奖妇妈娱娄孙宁实宠审宪宽宾对寻导寿将尔尘尝层属岁岂岗岛\
    师帅帐币带帮广庄庆库应庙废异弃张弹强归录彻径恋恶悦悬惊惧惨惯愤愿懒战戏户扑执扩扫扬扰抚抛抢护报担拟拥择挂挤挥捞\
    损换据掷摆摄摇摊撑敌数斋断无旧时显晋晒晓暂术机杀杂权条来杨极构枪枫柜标栋栏树样桥检楼欢欧残毁毕气汇汉汤沟没泪泽洁\
    济测浏浑浓涛润涨渐渔温湾湿满滚滨滩灭灯灵灾炉炼烂烛烟烦烧热爱爷牵犹独狭狮环现电画畅疗疯盐监盖盘着矿码确离种积称稳\
    穷竞笔简类粮紧纠红级纪约纯纲纳纷纸线练组细织终经结给绝统继续维绿编缘缺罗网职联胜脑脸节芦苏苹范荐药获营萧蓝虑虽蚂补\
    装观规视览觉触订讨训记讲贝负财责败货质贩贪贫购贵费贺资赏赔赖赛赞赵赶趋跃践踊轨转轮软轻载较辆输边达迁过运还这进远违\
    连迟适选递逻遗邓邮邻郑酱释里针钉钟钢钱铁银铜锋错锦键镇闪闭阵阳阴阶际陆陈险随难雾静韩页顶项顺须顾预领频题颜额颠饭饮\
    馆驱驳驶验骂骑";
const TRADITIONAL: &str = "國東車門馬鳥魚龍風飛見長開關問間聞書買賣學習寫讓說話請誰認識語讀課調談論議設計訪許評試訴詞譯該詩詳\
    誤謝謠謹譜華單雙發變葉聽啟員響團園圍圖圓場壞塊堅壇壘頭奪奮獎婦媽娛婁孫寧實寵審憲寬賓對尋導壽將爾塵嘗層屬歲豈崗島\
    師帥帳幣帶幫廣莊慶庫應廟廢異棄張彈強歸錄徹徑戀惡悅懸驚懼慘慣憤願懶戰戲戶撲執擴掃揚擾撫拋搶護報擔擬擁擇掛擠揮撈\
    損換據擲擺攝搖攤撐敵數齋斷無舊時顯晉曬曉暫術機殺雜權條來楊極構槍楓櫃標棟欄樹樣橋檢樓歡歐殘毀畢氣匯漢湯溝沒淚澤潔\
    濟測瀏渾濃濤潤漲漸漁溫灣濕滿滾濱灘滅燈靈災爐煉爛燭煙煩燒熱愛爺牽猶獨狹獅環現電畫暢療瘋鹽監蓋盤著礦碼確離種積稱穩\
    窮競筆簡類糧緊糾紅級紀約純綱納紛紙線練組細織終經結給絕統繼續維綠編緣缺羅網職聯勝腦臉節蘆蘇蘋範薦藥獲營蕭藍慮雖螞補\
    裝觀規視覽覺觸訂討訓記講貝負財責敗貨質販貪貧購貴費賀資賞賠賴賽贊趙趕趨躍踐踴軌轉輪軟輕載較輛輸邊達遷過運還這進遠違\
    連遲適選遞邏遺鄧郵鄰鄭醬釋裡針釘鐘鋼錢鐵銀銅鋒錯錦鍵鎮閃閉陣陽陰階際陸陳險隨難霧靜韓頁頂項順須顧預領頻題顏額顛飯飲\
    館驅駁駛驗罵騎";

/// More characters of which one of the two has only its own; they tell, but nothing else is compared by them.
const ONLY_SIMPLIFIED: &str = "为们个会与当从点体乐义儿几总亿万传仅价优内两别则创划劳势区协却参吴吗压备够态击档历决况玛产尽众礼税筑纽丝县圣声脚\
    举号讯证丰军农乡镑顿党黄齐齿亚伦伟侦处办动务业专兴胶贾鲁诺诸铺链缓络纵纹侧债伤仓仪伪侠储偿兰册冲减凭刘刚剂剑剧励\
    劲医卫厂厅厉厌叹吓呕咏唤啸垄墙壮壳夹娇婴孪寝尸岭峡帜弥弯忆忧怀恼慑挡挚捡携昼枣梦椭殴浅浆渊渗溃灿牺狱猎猫皱盗眯睁\
    础祸秽窃窍竖篮粪纤缉缠罚罢胁胀胆脱腊舰舱艰艺蒋虏虫蚀蛮衔袭誉讽诈诱谜谦贸赠跷辩轿遥郁酝钻铅锁锅镜闯闲阁阔陕隐雇霉\
    韵顽颁饥饰饼馈骗鲜鸡鸣鹰麦龄";
const ONLY_TRADITIONAL: &str = "為們個會與當從點體樂義兒幾總億萬傳僅價優內兩別則創劃勞勢區協卻參吳嗎壓備夠態擊檔歷決況瑪產盡眾禮稅築紐絲縣聖聲腳\
    舉號訊證豐軍農鄉鎊頓黨黃齊齒亞倫偉偵處辦動務業專興膠賈魯諾諸鋪鏈緩絡縱紋側債傷倉儀偽俠儲償蘭冊衝減憑劉剛劑劍劇勵\
    勁醫衛廠廳厲厭嘆嚇嘔詠喚嘯壟牆壯殼夾嬌嬰孿寢屍嶺峽幟彌彎憶憂懷惱懾擋摯撿攜晝棗夢橢毆淺漿淵滲潰燦犧獄獵貓皺盜瞇睜\
    礎禍穢竊竅豎籃糞纖緝纏罰罷脅脹膽脫臘艦艙艱藝蔣虜蟲蝕蠻銜襲譽諷詐誘謎謙貿贈蹺辯轎遙鬱醞鑽鉛鎖鍋鏡闖閒閣闊陝隱僱黴\
    韻頑頒飢飾餅饋騙鮮雞鳴鷹麥齡";

/// `zh-Hans` or `zh-Hant`: by the characters, and by what is said where they don't tell.
/// Japanese without kana (a headline of names) stays Japanese where that is what is said.
pub(super) fn variant(text: &str, declared: Option<&Lang>, usual: &Lang) -> &'static str {
    let said = declared.into_iter().chain([usual]);
    if said
        .clone()
        .next()
        .is_some_and(|lang| lang.primary() == "ja")
    {
        return "ja";
    }
    let only = |set: &str, more: &str, other: &str| {
        let tells = |c: &char| more.contains(*c) || set.contains(*c) && !other.contains(*c);
        text.chars().filter(tells).count()
    };
    let simplified = only(SIMPLIFIED, ONLY_SIMPLIFIED, TRADITIONAL);
    let traditional = only(TRADITIONAL, ONLY_TRADITIONAL, SIMPLIFIED);
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => "zh-Hans",
        std::cmp::Ordering::Less => "zh-Hant",
        std::cmp::Ordering::Equal => {
            let mut chinese = said.filter(|lang| lang.primary() == "zh");
            let hant = chinese
                .next()
                .is_some_and(|lang| lang.as_str().contains("Hant"));
            if hant { "zh-Hant" } else { "zh-Hans" }
        }
    }
}

/// More pairs, of which one or both are at home in both: a line of simplified, one of traditional characters.
const MORE: &str = include_str!("characters.txt");

/// A traditional character's simplified one; any other as it is.
pub(crate) fn simplified(c: char) -> char {
    static PAIRS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let (to, from) = MORE.split_once('\n').unwrap_or_default();
        let pairs = [
            (TRADITIONAL, SIMPLIFIED),
            (ONLY_TRADITIONAL, ONLY_SIMPLIFIED),
            (from, to),
        ];
        let pairs = pairs.map(|(from, to)| from.trim().chars().zip(to.trim().chars()));
        pairs.into_iter().flatten().collect()
    });
    PAIRS.get(&c).copied().unwrap_or(c)
}
