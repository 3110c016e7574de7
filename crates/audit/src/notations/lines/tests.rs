use crate::notations::testing::shown;

fn entries(text: &str) -> Vec<String> {
    let (notation, entries) = shown(text);
    assert_eq!(notation, "lines", "{text}");
    entries
        .into_iter()
        .map(|entry| entry.split('@').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn transports_stand_before_behind_or_above() {
    assert_eq!(
        entries("80/tcp\ntcp 443\n53 udp\nproto=udp ports 3478-3497\n"),
        ["80/tcp", "443/tcp", "53/udp", "3478-3497/udp"]
    );
    assert_eq!(
        entries("TCP: 80, 443 UDP: 53 to 54\n"),
        ["80/tcp", "443/tcp", "53-54/udp"]
    );
    assert_eq!(
        entries("80, 443 tcp, 53 udp\n"),
        ["80/tcp", "443/tcp", "53/udp"]
    );
    assert_eq!(
        entries("TCP:\n80\n[udp]\n53\n# TCP ports\n443\n"),
        ["80/tcp", "53/udp", "443/tcp"]
    );
    assert_eq!(
        entries("5223 TCP Apple Push 2\n123 udp ntp\n"),
        ["5223/tcp", "123/udp"]
    );
}

#[test]
fn a_mapping_that_denies_opens_nothing() {
    let text = "egress:\n  - action: Deny\n    destination:\n      ports:\n      - 25/tcp\n  - action: Allow\n    destination:\n      ports:\n      - 80/tcp\n";
    assert_eq!(entries(text), ["80/tcp"]);
}

#[test]
fn a_comment_opens_nothing() {
    let text = "[a]\nports=80\n;ports=5223\n// 443/tcp\n# 53/udp\n";
    assert_eq!(entries(text), ["80/"]);
}

#[test]
fn a_title_may_have_a_name_and_a_transport() {
    let text = "FaceTime TCP:\n80\nFaceTime, UDP:\n53\nBlocked TCP:\n25\n";
    assert_eq!(entries(text), ["80/tcp", "53/udp"]);
}

#[test]
fn a_transport_is_for_all_ports_that_commas_join() {
    assert_eq!(
        entries("80,443,5223/tcp\n53-54,123/udp\n"),
        ["80/tcp", "443/tcp", "5223/tcp", "53-54/udp", "123/udp"]
    );
    assert_eq!(
        entries("80/tcp,443,5223/tcp\n80, 53/udp\n"),
        ["80/tcp", "443/", "5223/tcp", "80/udp", "53/udp"]
    );
}

#[test]
fn a_transport_may_stand_before_a_slash() {
    assert_eq!(
        entries(
            "tcp/5223 // APNs 2010\nudp/53, udp/123 tcp/80\n443 // 2010\n3478 through 3497/udp\n"
        ),
        [
            "5223/tcp",
            "53/udp",
            "123/udp",
            "80/tcp",
            "443/",
            "3478-3497/udp"
        ]
    );
}

#[test]
fn a_word_with_a_colon_may_say_what_the_ports_are_for() {
    assert_eq!(
        entries(
            "FaceTime: 80 (TCP), 443 (TCP), 3478 through 3497 (UDP)\nAPNs: 5223/tcp\nVersion: 2\n"
        ),
        ["80/tcp", "443/tcp", "3478-3497/udp", "5223/tcp"]
    );
}

#[test]
fn the_numbers_of_a_numbered_list_are_no_ports() {
    let text = "1. TCP 80\n2. TCP 443\n3) UDP 53\n";
    assert_eq!(entries(text), ["80/tcp", "443/tcp", "53/udp"]);
    assert_eq!(entries("1\n2\n80. 443\n"), ["1/", "2/", "80/", "443/"]);
}

#[test]
fn what_is_not_open_is_left_alone() {
    let text = "443/tcp deny\n80/tcp filtered http\nblocked: 53/udp\n5223/tcp open # denied\n";
    assert_eq!(entries(text), ["5223/tcp"]);
    let text = "Blocked:\n443/tcp\nAllowed:\n80/tcp\n";
    assert_eq!(entries(text), ["80/tcp"]);
}

#[test]
fn ports_may_be_code_of_markdown() {
    assert_eq!(
        entries("- **TCP**: 80, 443\n- **UDP:** 53\n"),
        ["80/tcp", "443/tcp", "53/udp"]
    );
    assert_eq!(
        entries("- **53**/udp\n- **54/udp**\n- **DNS** 7\n"),
        ["53/udp", "54/udp"]
    );
    assert_eq!(
        entries("- `5223`\n* `443/tcp`\n- `3478-3497` udp\n- `80`/tcp, `81`\n"),
        ["5223/", "443/tcp", "3478-3497/udp", "80/tcp", "81/"]
    );
}

#[test]
fn other_numbers_are_left_alone() {
    let text = "# 99\n17.0.0.0/8\n2026-10-11\nen0\nVLAN 20 guests\nupdated 3 times\n255.255.255.0\nrule 7: web\n";
    assert_eq!(entries(text), [""; 0]);
}
