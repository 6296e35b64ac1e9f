// Package survey looks at many sites at once without keeping what they publish:
// it finds their lists from their home pages ([Discover]), and tells which site
// files are out of date ([Check]).
package survey
