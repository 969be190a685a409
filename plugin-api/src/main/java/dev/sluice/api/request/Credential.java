package dev.sluice.api.request;

import java.util.Optional;

/**
 * What a client has proved itself with.
 *
 * @param id the credential's id, by which limits may count
 * @param consumerId the consumer it belongs to
 * @param identifier what {@code X-Credential-Identifier} tells the upstream
 */
public record Credential(String id, Optional<String> consumerId, Optional<String> identifier) {}
