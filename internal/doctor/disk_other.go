//go:build !linux

package doctor

func examineDisk(string) Diagnosis {
	return Diagnosis{"disk", Note, "free space is not measured on this system"}
}
