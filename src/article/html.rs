//! A web page: its main text, and what it says of itself.

use dom_smoothie::{Config, Readability, TextMode};

use crate::source::Span;

use super::metadata::one_line;
use super::nesting::flattened;
use super::title::{folded, span_of, title_line};

/// What never shows as text.
const UNSEEN: &str = "script, style, noscript, template, svg, math, iframe, object, select, textarea, head, [hidden]";

/// Parts of a page which end a line for the reader, and which the formatter runs together.
const PARTS: &str = "td, th, dt, dd, figcaption, caption, address, header, footer, main, aside, nav, figure, summary, \
    details, option, button, legend, label, title, form, center";

/// A web page as an article.
#[derive(Debug)]
pub(super) struct Page {
    /// The title, then the main text, a paragraph a line.
    pub text: String,
    /// The title and the headings inside the text.
    pub headings: Vec<Span>,
    pub title: Option<String>,
    pub site: Option<String>,
    /// As the page writes it.
    pub published: Option<String>,
    pub url: Option<String>,
    /// False when no main text could be told from the rest, and all visible text stands in for it.
    pub extracted: bool,
}

impl Page {
    /// Reads a page; any text is a page.
    pub fn read(html: &str) -> Self {
        let config = Config {
            text_mode: TextMode::Formatted,
            ..Config::default()
        };
        let html = flattened(html);
        let mut reader = Readability::from(&*html);
        reader.config = config;
        // Without an article in it the page still has its metadata, and `parse` takes the page apart.
        let metadata = reader.get_article_metadata(reader.parse_json_ld());
        // Two things that the extractor does not look for.
        let attribute = |selector: &str, name: &str| {
            let found = reader.doc.select_single(selector);
            filled(found.attr(name).map(|value| value.to_string()))
        };
        let url = attribute("link[rel='canonical']", "href")
            .or_else(|| attribute("meta[property='og:url']", "content"));
        let published = attribute("meta[itemprop='datePublished']", "content")
            .or_else(|| attribute("time[itemprop='datePublished']", "datetime"));
        let main = reader.parse().ok();
        let mut page = Self {
            text: String::new(),
            headings: Vec::new(),
            title: filled(Some(metadata.title)),
            site: filled(metadata.site_name),
            published: filled(metadata.published_time).or(published),
            url: filled(metadata.url).or(url),
            extracted: true,
        };
        let mut headings = Vec::new();
        if let Some(main) = main {
            page.title = filled(Some(main.title)).or(page.title);
            (page.text, headings) = visible_text(&main.content);
        }
        if page.text.trim().is_empty() {
            page.extracted = false;
            (page.text, headings) = visible_text(&html);
        }
        page.place_title();
        page.place_headings(&headings);
        page
    }

    /// Puts the title first, unless it is there; a page without any text gets none.
    fn place_title(&mut self) {
        let Some(title) = &self.title else { return };
        if self.text.is_empty() {
            return;
        }
        if title_line(&self.text, title).is_none() {
            self.text.insert_str(0, "\n\n");
            self.text.insert_str(0, title);
        }
        self.headings.extend(title_line(&self.text, title));
    }

    /// Finds the headings among the lines, in their order.
    fn place_headings(&mut self, headings: &[String]) {
        let mut headings = headings.iter().map(|heading| folded(heading)).peekable();
        let title = self.headings.first().copied();
        if let Some(title) = title {
            let title = folded(&self.text[title.start..title.end]);
            headings.next_if(|heading| *heading == title);
        }
        for line in self.text.lines().map(str::trim) {
            let Some(next) = headings.peek() else { break };
            let span = span_of(&self.text, line);
            if title.is_none_or(|title| span.start >= title.end)
                && line.len() <= next.len() * 4 + 16
                && folded(line) == *next
            {
                self.headings.push(span);
                headings.next();
            }
        }
    }
}

/// The text that shows, a paragraph a line, and the texts of its headings.
fn visible_text(html: &str) -> (String, Vec<String>) {
    let reader = Readability::from(html);
    let document = &reader.doc;
    document.select(UNSEEN).remove();
    let headings = document
        .select("h1, h2, h3, h4, h5, h6")
        .iter()
        .map(|heading| one_line(&heading.text()))
        .filter(|heading| !heading.is_empty())
        .collect();
    document.select(PARTS).after_html("<br>");
    document.select(PARTS).before_html("<br>");
    let text = document.formatted_text();
    let mut lines = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        // Empty parts leave rows of empty lines, of which one is enough.
        if !line.is_empty() || !lines.is_empty() && !lines.ends_with("\n\n") {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines.truncate(lines.trim_end().len());
    if !lines.is_empty() {
        lines.push('\n');
    }
    (lines, headings)
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| one_line(&text))
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn article(paragraphs: usize) -> String {
        (0..paragraphs)
            .map(|n| format!("<p>In paragraph {n} the mayor of the town said, once more, that the old harbour would stay closed until spring, and that boats could use the northern pier.</p>"))
            .collect()
    }

    fn headings(page: &Page) -> Vec<&str> {
        page.headings
            .iter()
            .map(|span| &page.text[span.start..span.end])
            .collect()
    }

    #[test]
    fn the_main_text_and_metadata_are_extracted() {
        let html = format!(
            "<html><head><title>Harbour stays closed until spring - Daily Pier</title>\
             <meta property='og:site_name' content='Daily Pier'><meta property='og:url' content='https://example.org/a'>\
             <meta property='article:published_time' content='2020-12-14T10:00:00Z'>\
             <style>p {{ color: red }}</style><script>var evil = 1;</script></head>\
             <body><nav><a href=/>Home</a> <a href=/s>Sport</a></nav><article><h1>Harbour stays closed until spring</h1>{}\
             <h2>Boats move &amp; wait</h2>{}<table><tr><td>Boats 12</td><td>Piers 3</td></tr></table></article>\
             <footer>Copyright</footer></body></html>",
            article(3),
            article(4)
        );
        let page = Page::read(&html);
        assert!(page.extracted);
        assert!(
            page.text.starts_with("Harbour stays closed until spring\n"),
            "{}",
            page.text
        );
        assert_eq!(
            headings(&page),
            ["Harbour stays closed until spring", "Boats move & wait"]
        );
        assert_eq!(page.text.matches("Harbour stays closed").count(), 1);
        assert!(!page.text.contains("evil") && !page.text.contains("color"));
        assert!(!page.text.contains("Sport"));
        assert_eq!(page.site.as_deref(), Some("Daily Pier"));
        assert_eq!(page.published.as_deref(), Some("2020-12-14T10:00:00Z"));
        assert_eq!(page.url.as_deref(), Some("https://example.org/a"));
        assert!(
            page.text.contains("pier.\n\nIn paragraph 1"),
            "{}",
            page.text
        );
    }

    #[test]
    fn cells_and_captions_stand_on_lines_of_their_own() {
        let (text, _) = visible_text(
            "<table><tr><th>Town</th><td>Ships 4</td></tr></table><figure><img><figcaption>A pier.</figcaption></figure>\
             <dl><dt>Term</dt><dd>Meaning</dd></dl><p>One<br>two</p><ul><li>x</li><li>y</li></ul>",
        );
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "Town", "Ships 4", "A pier.", "Term", "Meaning", "One", "two", "x", "y"
            ]
        );
    }

    #[test]
    fn a_page_without_an_article_gives_all_visible_text() {
        let page = Page::read("<title>T</title><script>x()</script><div hidden>no</div>");
        assert!(!page.extracted);
        assert_eq!(page.text, "");
        let page = Page::read(
            "<body><select><option>Only option</option></select><span>Short words.</span></body>",
        );
        assert_eq!(page.text, "Short words.\n");
    }

    #[test]
    fn a_deeply_nested_page_is_survived() {
        for tag in ["<div>", "<b>", "<x-y>"] {
            let page = Page::read(&format!("{}Deep words.", tag.repeat(20_000)));
            assert!(page.text.contains("Deep words."), "{tag}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn any_page_is_read(parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<h1>", "</h1>", "<title>", "</title>", "<table>", "<td>", "<script>", "</script>", "<!--", "-->", "ä", "words here. ",
            "<body>", "</body>", "<html>", "<head>", "&amp;", "&#0;", "<br>", "\n", "<a href=x>", "<div class=article>", "<svg>", "<template>", "<frameset>",
            "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"X\"}</script>", "😀",
        ]), 0..40)) {
            let page = Page::read(&parts.concat());
            for span in &page.headings {
                prop_assert!(!page.text[span.start..span.end].is_empty());
            }
        }
    }
}
