// Package web is the site of gongkai serve: pages, charts and data over one
// published warehouse, opened read only. Every page is whole without script, in
// Chinese at / and in English at /en/, and links each figure to where it stands.
package web
