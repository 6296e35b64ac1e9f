// Package archive keeps every fetched and ingested byte, with the evidence of
// where and when it came from, in WARC/1.1 files. It is the archive of record:
// everything later in the flow is rebuilt from it.
//
// Ideas to know:
//
//   - A capture is a group of WARC records written together: the request, then
//     the response (or a revisit, or a resource for a local file), and last a
//     metadata record with the [Entry] in JSON. A group without its metadata
//     record was torn by a crash and never acknowledged.
//   - One gzip member per record; a group is on the disk (fsync) before the call
//     that wrote it returns.
//   - The sidecar index.jsonl has a line per capture, which is read when it is
//     asked for: about 120 bytes of memory lead to it. It only saves memory and
//     time: [Archive.Index] makes it again from the WARC files.
//   - manifest.jsonl says how many captures each WARC file has and how it ends, so
//     that files are missed that vanish or shrink with the index. It never says
//     more than the WARC files hold.
//   - journal.jsonl has the notes of what was repaired and when ([Note]). Damage
//     that was healed, because the same bytes came again, or accepted as lost, is
//     damage no longer.
//   - A body is stored once. The same bytes again, or a 304, make a revisit.
//   - Bodies are stored as served, byte for byte, with their Content-Encoding;
//     chunks are joined. Header fields are stored as net/http gives them: all
//     names and values, sorted, without the original case of names.
//
// One process writes; any number may read (see [ReadOnly]).
//
// # Files
//
//	archive.go   Open, Close, options, the lock
//	entry.go     Entry: one capture as the index knows it
//	warc.go      WARC records: writing and strict reading
//	scan.go      reading a file group by group, past damage
//	append.go    making groups of records; files and their rotation
//	commit.go    groups that wait at the same time: one write, one fsync
//	recover.go   opening: index, torn tail, repair; Index
//	manifest.go  the manifest: reading and writing
//	settle.go    holding the files against the manifest, and bringing it up to date
//	notes.go     notes, and which damage they settle; Accept
//	heal.go      what can no longer be read and was written again
//	index.go     finding captures: what is in memory of them
//	sidecar.go   the entries in index.jsonl
//	put.go       Put: local files
//	exchange.go  Record: HTTP exchanges and their failures
//	payload.go   from the stored payload to the document's bytes
//	document.go  Documents, Get, Extract, List
//	select.go    Select: some documents; what was captured of each
//	visits.go    Visits: the last capture by host
//	replay.go    answering requests from the archive
//	verify.go    Verify
package archive
