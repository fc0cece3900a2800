package dev.escapade.load.build;

import dev.escapade.load.files.FileContent;

/**
 * A Go file with its content.
 *
 * @param name the last element of its path
 * @param path its absolute path
 * @param content its content
 * @param importsC whether it imports the pseudo-package C
 */
public record SourceText(String name, String path, FileContent content, boolean importsC) {}
