//! Which ports of Kubernetes are of TCP without saying so.

use appleports_model::Transport;

use crate::transports::Transports;

/// The transports of a port whose mapping has no key for them: TCP where all objects of a file are
/// those of Kubernetes itself. `v1` has services and pods, `apps` and `batch` have templates of pods,
/// and `networking.k8s.io` has network policies; in all of them `protocol` is TCP where it is not
/// given. Objects of others may mean any transport, as the policies of Cilium do.
pub(super) fn transports(text: &str) -> Transports {
    let mut versions = text
        .lines()
        .filter_map(|line| {
            line.trim_start_matches([' ', '-'])
                .strip_prefix("apiVersion:")
        })
        .map(|version| version.trim().trim_matches(['"', '\'']))
        .peekable();
    let groups = ["apps/", "batch/", "networking.k8s.io/"];
    let is_own =
        |version: &str| version == "v1" || groups.iter().any(|group| version.starts_with(group));
    if versions.peek().is_some() && versions.all(is_own) {
        Transports::one(Transport::Tcp)
    } else {
        Transports::NONE
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::ports;
    use crate::rules::testing::audit;

    #[test]
    fn a_port_of_kubernetes_without_a_protocol_is_of_tcp() {
        let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  egress:\n  - ports:\n    - port: 80\n    - port: 3478\n      endPort: 3497\n";
        let found = audit(&["80/tcp", "3478-3497/udp"], text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("7:13 L010"), "{found:?}");
        let cilium = text.replace("networking.k8s.io/v1", "cilium.io/v2");
        assert_eq!(audit(&["80/tcp", "3478-3497/udp"], &cilium), [""; 0]);
        // What a template gives is not known, and is not TCP.
        let given = text.replace("3497\n", "3497\n      protocol: {{ .Values.proto }}\n");
        assert_eq!(audit(&["80/tcp", "3478-3497/udp"], &given), [""; 0]);
        // A list may have objects of others in it.
        let list = format!(
            "apiVersion: v1\nkind: List\nitems:\n- {}",
            cilium.replace('\n', "\n  ")
        );
        assert_eq!(audit(&["80/tcp", "3478-3497/udp"], &list), [""; 0]);
    }

    #[test]
    fn ports_of_containers_without_a_protocol_are_of_tcp() {
        let rest = "spec:\n  containers:\n  - ports:\n    - containerPort: 80\n    - containerPort: 53\n      protocol: UDP\n";
        for (version, expected) in [
            ("v1", "80/tcp 53/udp"),
            ("apps/v1 # a", "80/tcp 53/udp"),
            ("\"batch/v1\"", "80/tcp 53/udp"),
            ("serving.knative.dev/v1", "80/ 53/udp"),
        ] {
            assert_eq!(ports(&format!("apiVersion: {version}\n{rest}")), expected);
        }
    }
}
