package dev.escapade.load;

import java.nio.file.Path;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a build runs under, once flags, GOFLAGS, environment, go env file and defaults
 * have been consulted.
 *
 * @param goroot the installation's root, absolute
 * @param goVersion the release of the installation, such as {@code go1.26.8}
 * @param goos the target operating system
 * @param goarch the target architecture
 * @param archLevel the variant of the architecture: the value of GOAMD64, GOARM and the like, or
 *     empty for an architecture that has none
 * @param cgoEnabled whether files that import "C" take part outside GOROOT
 * @param buildTags the tags given by {@code -tags}
 * @param toolTags the tags that hold because of the toolchain and target: {@code goexperiment.*},
 *     {@code amd64.v1} and the like
 * @param gopath the first entry of GOPATH
 * @param modCache GOMODCACHE
 * @param goMod the main module's go.mod, or null without one
 * @param goWork the go.work in force, or null
 */
public record BuildSettings(
    Path goroot,
    String goVersion,
    String goos,
    String goarch,
    String archLevel,
    boolean cgoEnabled,
    SortedSet<String> buildTags,
    SortedSet<String> toolTags,
    Path gopath,
    Path modCache,
    @Nullable Path goMod,
    @Nullable Path goWork) {}
