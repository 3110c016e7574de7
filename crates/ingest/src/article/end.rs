//! Whether a page has its end: `</html>` as a tag, and not as text in an open comment, attribute or
//! text field.

use std::cell::Cell;

use html5ever::tokenizer::{EndTag, StartTag, Token, TokenSink, TokenSinkResult};

use super::page_limits::PageLimits;
use super::tree::Page;

/// Elements in which an end of the page is none: it is passed over until they are closed. All but
/// `select` are those that hide the `body` from an end tag (HTML, section 13.2.4.2).
const HOLDERS: [&str; 15] = [
    "table",
    "select",
    "applet",
    "caption",
    "marquee",
    "object",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "annotation-xml",
    "foreignObject",
    "desc",
    "title",
];

/// Whether a page ends as a page does: with `</html>`, after the end of its last table. Space and
/// comments may follow. A page that is cut off anywhere before has no end.
pub(crate) fn has_end(page: &Page) -> bool {
    let holds = |node| {
        let element = page.html.tree.get(node);
        let element = element.and_then(|node| node.value().as_element());
        element.is_some_and(|element| HOLDERS.contains(&element.name()))
    };
    page.has_end && !page.unclosed.iter().any(|node| holds(*node))
}

/// Passes all tokens on while the page keeps its limits, and notes whether the last one that counts
/// ended the page.
pub(crate) struct EndSink<'l, S> {
    pub(crate) inner: S,
    pub(crate) has_end: Cell<bool>,
    pub(crate) limits: &'l PageLimits,
    /// How many templates are open. The parser closes them where the page ends without a word.
    pub(crate) templates: Cell<usize>,
    /// How many tokens there were, errors left out.
    pub(crate) tokens: Cell<usize>,
}

impl<S: TokenSink> EndSink<'_, S> {
    /// Whether the parser is in an element of SVG or of `MathML`, which may have templates of its own.
    fn is_foreign(&self) -> bool {
        self.inner
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl<S: TokenSink> TokenSink for EndSink<'_, S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        match &token {
            Token::CommentToken(_) | Token::ParseError(_) | Token::EOFToken => {}
            Token::CharacterTokens(text) if text.trim_ascii().is_empty() => {}
            Token::TagToken(tag) => {
                self.limits.tag(tag.attrs.len(), line);
                if &*tag.name == "template" && !self.is_foreign() {
                    let open = self.templates.get();
                    self.templates.set(match tag.kind {
                        StartTag => open + 1,
                        EndTag => open.saturating_sub(1),
                    });
                }
                let is_end = tag.kind == EndTag && &*tag.name == "html";
                self.has_end.set(is_end && self.templates.get() == 0);
            }
            Token::CharacterTokens(_) | Token::NullCharacterToken | Token::DoctypeToken(_) => {
                self.has_end.set(false);
            }
        }
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        if self.limits.are_passed() {
            return TokenSinkResult::Continue;
        }
        self.inner.process_token(token, line)
    }

    fn end(&self) {
        self.inner.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.is_foreign()
    }
}

#[cfg(test)]
mod tests {
    use super::has_end;
    use crate::article::tree::parse;

    fn is_whole(page: &str) -> bool {
        parse(page).is_ok_and(|page| has_end(&page))
    }

    #[test]
    fn only_a_page_with_its_end_is_whole() {
        let whole = "<html><table><tr><td>1</table><p>x</HTML>\n<!-- made by x -->\n<!-- -->\n";
        assert!(is_whole(whole));
        assert!(is_whole("<p>x</html>"));
        assert!(is_whole(
            "<template><template></template></template></html>"
        ));
        assert!(is_whole("<svg><template></svg></html>"));
        let end = whole.find("</HTML>").unwrap();
        for length in 1..end + 7 {
            assert!(!is_whole(&whole[..length]), "{length}");
        }
        for cut in [
            "<html><table><tr></html>",
            "</table><table></html>",
            "</html>-->",
            "</html> x",
            "</html><p>",
        ] {
            assert!(!is_whole(cut), "{cut}");
        }
    }

    #[test]
    fn an_end_that_is_no_tag_is_none() {
        for open in [
            "<!--",
            "<textarea>",
            "<title>",
            "<style>",
            "<script>",
            "<script><!-- <script>",
            "<a href=\"",
            "<a href='",
            "<select>",
            "<template>",
            "<template><template></template>",
            "<template><table></table>",
            "<table><tr><td><table>",
            "<object>",
            "<svg><title>",
            "<svg><foreignObject>",
            "<math><mtext>",
        ] {
            let page = format!("<html><table><tr><td>1</table>{open}</table></html>");
            assert!(!is_whole(&page), "{open}");
        }
    }
}
