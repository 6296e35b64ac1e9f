// Package config reads what an operator has set once for a data folder: the file
// gongkai.toml in it, and environment variables. A setting has one name
// everywhere: "contact" in the file is --contact on the command line and
// GONGKAI_CONTACT in the environment. The command line counts before the
// environment, and that before the file.
//
// The file is read strictly: a name that is not known, a value of another kind
// and a setting that stands twice are errors with their line.
package config
