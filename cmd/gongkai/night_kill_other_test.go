//go:build !unix

package main

// nightPrograms are none: nights are killed and robbed of their room by signals
// and limits that this system does not have.
func nightPrograms() map[string]func() { return nil }
