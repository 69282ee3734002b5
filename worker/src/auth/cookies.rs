//! The two cookies. Both have the `__Host-` prefix: only this host sets them, over a secure connection, for all paths.

/// Carries the session.
pub const SESSION: &str = "__Host-session";
/// Recognises the browser that asked for a sign-in link.
pub const ASKING: &str = "__Host-asking";

/// The value of a cookie in a `Cookie` header.
#[must_use]
pub fn read<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// A `Set-Cookie` header that sets a cookie for `seconds`; 0 takes it away.
#[must_use]
pub fn set(name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let header = "theme=dark; __Host-session=abc=; x";
        assert_eq!(read(header, SESSION), Some("abc="));
        assert_eq!(read(header, ASKING), None);
        assert_eq!(read("not__Host-session=1", SESSION), None);
    }

    #[test]
    fn cookies_are_closed_to_scripts_and_other_sites() {
        let cookie = set(SESSION, "abc", 60);
        for part in ["__Host-session=abc", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=60"] {
            assert!(cookie.split("; ").any(|present| present == part), "{part} in {cookie}");
        }
        assert!(!cookie.contains("Domain"));
    }
}
