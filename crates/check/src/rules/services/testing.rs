//! What a check says of a record beside a services file.

use appleports_model::Transport::Tcp;
use appleports_model::{Finding, Record, ServicesEntry, ServicesFile};

use crate::Context;
use crate::testing::{context, cross_checked, entry, messages, registry};

/// The lines of the file are `name port/transport alias`. The registry has `nfs` on 2049/tcp.
pub(super) fn beside(
    run: fn(&Context<'_>) -> Vec<Finding>,
    record: Record,
    services: &str,
) -> Vec<String> {
    let entries = (1u32..).zip(services.lines()).map(|(line, text)| {
        let mut words = text.split(' ');
        let name = words.next().unwrap_or_default();
        let (port, transport) = words
            .next()
            .and_then(|place| place.split_once('/'))
            .expect("port/transport");
        ServicesEntry {
            name: name.into(),
            port: port.parse().expect("a port"),
            transport: transport.parse().ok(),
            aliases: words.map(str::to_owned).collect(),
            line,
        }
    });
    let files = [ServicesFile::new("services", entries.collect(), vec![])];
    let registry = registry(vec![entry("nfs", "2049", Tcp, 2)]);
    let records = cross_checked([record], &registry);
    let context = context(&records, &registry);
    messages(
        run,
        &Context {
            services: &files,
            ..context
        },
    )
}
