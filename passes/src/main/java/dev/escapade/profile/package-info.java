/**
 * Profiles of running programs, as far as the compiler uses them: how often which function called
 * which other one, and from where.
 *
 * <p>A profile is a gzip-compressed message in the format of protocol buffers, as runtime/pprof
 * writes it ({@link dev.escapade.profile.PprofReader}), or the list of calls that {@code go tool
 * preprofile} makes of one ({@link dev.escapade.profile.PreprofileReader}). Either becomes a {@link
 * dev.escapade.profile.CallProfile}.
 *
 * <p>A call is named by the linker's names of caller and callee and by the distance in lines from
 * the start of the caller, so that a profile remains of use when code above the caller changes. Of
 * each sample only the innermost two places count, inlined calls among them included.
 *
 * <p>References: github.com/google/pprof/proto/profile.proto; cmd/internal/pgo and internal/profile
 * as of Go 1.26.
 */
@NullMarked
package dev.escapade.profile;

import org.jspecify.annotations.NullMarked;
