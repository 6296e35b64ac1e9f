//go:build !linux

package durable

// exchange gives each of two folders the name of the other.
func exchange(a, b string) error { return swap(a, b) }
