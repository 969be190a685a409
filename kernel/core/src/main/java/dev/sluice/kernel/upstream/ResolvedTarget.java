package dev.sluice.kernel.upstream;

import dev.sluice.api.entity.Target;
import dev.sluice.api.upstream.TargetResolver.Address;
import java.util.List;

/**
 * A target with what its name resolved to.
 *
 * @param target the target
 * @param dns the type of the record, or why there is none
 * @param unsure whether nobody could say if the name has addresses
 * @param addresses empty when the name does not resolve
 */
record ResolvedTarget(Target target, String dns, boolean unsure, List<Address> addresses) {}
