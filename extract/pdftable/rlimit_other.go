//go:build !linux

package pdftable

// limitProcess does nothing: other systems do not bound a Go process's address
// space in a way it survives. The pool's deadline still holds.
func limitProcess() error { return nil }
