// Package transport is the project's own HTTP stack under colly: a chain of
// small http.RoundTrippers, one rule each, so that no page reaches the crawler
// that was not allowed, polite, complete, recorded and what it claims to be.
//
// Ideas to know:
//
//   - Every hop passes the whole chain, redirects too.
//   - What a request is for travels in its context, as a [Job]. What happened on
//     the way comes back in the job's [Trace].
//   - Everything but a usable answer is an [*Error] with a code.
//
// The chain, outermost first:
//
//	Allow      scheme, host list, redirects       allow.go
//	Normalize  type by content, UTF-8             normalize.go sniff.go
//	Robots     robots.txt                         robots.go
//	Revisit    If-None-Match, 304                 revisit.go
//	Retry      backoff, Retry-After               retry.go
//	Gate       delay per host and address         gate.go lane.go
//	Record     every exchange to the archive      record.go
//	Classify   challenges, soft 404s, log-ins     classify.go glance.go hints.go signatures.go
//	Limits     time, size, ratio, completeness    limits.go watch.go decode.go whole.go
//	network    dialing and TLS                    network.go
//
// In a replay the chain is Allow, Normalize, Robots, Record (into another archive,
// if there is one, with the times of the first), Classify, Limits and the archive
// in the place of the network.
package transport
