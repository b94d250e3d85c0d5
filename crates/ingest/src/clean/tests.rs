use super::*;

fn check(html: &str, want: &[&str]) {
    assert_eq!(paragraphs(html), want, "{html}");
}

#[test]
fn html_becomes_paragraphs_of_text() {
    check(
        "<p>One &amp; two</p>\n<p>Three<br>four</p>",
        &["One & two", "Three four"],
    );
    check("one<br><br />two<br/>three", &["one", "two three"]);
    check("台風が<b>接近</b>している。", &["台風が接近している。"]);
    check("a &lt;b&gt; c < d", &["a <b> c < d"]);
    check("<ul><li>x<li>y</ul>", &["x", "y"]);
    check("  plain\n words ", &["plain words"]);
    check("cafe\u{301}", &["café"]);
}

#[test]
fn what_is_no_news_goes() {
    check(
        "<script>alert(1)</script><style>p{}</style><p>x</p>",
        &["x"],
    );
    check(
        "<figure><img><figcaption>A port</figcaption></figure>x",
        &["x"],
    );
    check("<p>x</p><script>unclosed <p>y", &["x"]);
    check(
        "<p>x</p><p><a href='#'>Read more on apnews.com</a></p>",
        &["x"],
    );
    check(
        "<p>x</p><p>The post <a>Ports</a> appeared first on <a>Port News</a>.</p>",
        &["x"],
    );
    check(
        "<p>x</p><p><a>Share on Facebook</a> <a>Tweet</a></p>",
        &["x"],
    );
    check(
        "<p>本文。</p><p><a href='x'>続きを読む</a></p>",
        &["本文。"],
    );
    check("<p>正文。</p><p>阅读全文 >></p>", &["正文。"]);
    check("<p>본문.</p><p>기사 더보기</p>", &["본문."]);
    check(
        "<p>Read more books, the minister told pupils in Manila.</p>",
        &["Read more books, the minister told pupils in Manila."],
    );
    check("It goes on [&#8230;]", &["It goes on…"]);
    check("<p>x</p><p>Read&nbsp;more on apnews.com</p>", &["x"]);
    check(
        "<p>x</p><p>The post Ports appeared&nbsp;first on Port News.</p>",
        &["x"],
    );
}

#[test]
fn hostile_text_becomes_harmless_text() {
    check(
        "<img src=x onerror=alert(1)>a<svg/onload=alert(1)>b",
        &["ab"],
    );
    check("a<object classid=x>b", &["ab"]);
    check("a<object classid=x>b</object>c<script>d", &["ac"]);
    check(
        "<<script>script>alert(1)<</script>/script>x",
        &["</script>x"],
    );
    check("a\u{202e}b\u{2066}c\u{0}d", &["abcd"]);
    check(
        "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}a",
        &["Z\u{300}\u{301}\u{302}a"],
    );
}

#[test]
fn a_title_is_one_line() {
    let check = |html: &str, want: &str| assert_eq!(line(html), want, "{html}");
    check(" A &amp;amp; B\n <b>c</b> ", "A & B c");
    check("5 < 6", "5 < 6");
    check("A<script>alert(1)</script> B<style/>", "A B");
    check("台風\u{3000}九州へ<br>上陸", "台風\u{3000}九州へ 上陸");
    check("12&nbsp;000&#160; tons", "12\u{a0}000 tons");
    assert_eq!(name("South&nbsp;Korea"), "South Korea");
}

#[test]
fn spaces_that_mean_something_stay() {
    check(
        "<p>\u{3000}［東京\u{3000}２４日\u{3000}ロイター］</p>",
        &["［東京\u{3000}２４日\u{3000}ロイター］"],
    );
    check("<b>東京</b>\u{3000}<b>大阪</b>", &["東京\u{3000}大阪"]);
    check("a\u{2028}b", &["a b"]);
}

#[test]
fn plain_text_keeps_its_paragraphs() {
    check(&as_html("a < b\n\nc\nd"), &["a < b", "c d"]);
}

#[test]
fn the_wide_space_stays() {
    for (text, want) in [
        ("台風　九州へ", "台風　九州へ"),
        (" 台風 　 九州へ　", "台風　九州へ"),
        ("a \n\u{a0} b", "a b"),
    ] {
        assert_eq!(plain(text), want, "{text:?}");
    }
}
