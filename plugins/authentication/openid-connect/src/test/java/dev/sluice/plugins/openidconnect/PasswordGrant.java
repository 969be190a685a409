package dev.sluice.plugins.openidconnect;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** The grant by name and password, which the provider of the tests does not know by itself. */
final class PasswordGrant implements AuthenticationConverter {

  static final AuthorizationGrantType TYPE = new AuthorizationGrantType("password");

  private static final class Request extends OAuth2AuthorizationGrantAuthenticationToken {
    private static final long serialVersionUID = 1;

    Request(Authentication client, Map<String, Object> parameters) {
      super(TYPE, client, parameters);
    }
  }

  @Override
  public Authentication convert(HttpServletRequest request) {
    return TYPE.getValue().equals(request.getParameter("grant_type"))
        ? new Request(
            SecurityContextHolder.getContext().getAuthentication(),
            Map.of("username", request.getParameter("username"), "password", request.getParameter("password")))
        : null;
  }

  /** Checks it. */
  record Check(TestProvider provider) implements AuthenticationProvider {

    @Override
    public Authentication authenticate(Authentication authentication) {
      Request request = (Request) authentication;
      if (!request.getAdditionalParameters().equals(Map.of("username", "ada", "password", "lovelace"))) {
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
      }
      OAuth2ClientAuthenticationToken client = (OAuth2ClientAuthenticationToken) request.getPrincipal();
      Instant now = Instant.now();
      Instant end = now.plusSeconds(300);
      String token = provider.sign(new JWTClaimsSet.Builder()
          .issuer(provider.issuer())
          .subject("ada")
          .expirationTime(Date.from(end))
          .build());
      return new OAuth2AccessTokenAuthenticationToken(
          client.getRegisteredClient(),
          client,
          new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, now, end, Set.of("read")));
    }

    @Override
    public boolean supports(Class<?> type) {
      return type == Request.class;
    }
  }
}
