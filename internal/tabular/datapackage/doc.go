// Package datapackage writes tables and views of a warehouse as files, with a
// datapackage.json (Data Package v1) that gives the meaning of every column and
// each file's size, rows and SHA-256.
package datapackage
