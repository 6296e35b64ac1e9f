// Package child starts this program again as a process of its own that the
// system bounds in memory, processor time and files, and that can be killed:
// for work on what strangers wrote, such as documents and SQL.
//
// # Files
//
//	child.go        Start, End: the process as its parent sees it
//	limits.go       Limits, as the child sets them on itself
//	limits_linux.go what the system holds it to
//	limits_other.go what is left of that on other systems
package child
