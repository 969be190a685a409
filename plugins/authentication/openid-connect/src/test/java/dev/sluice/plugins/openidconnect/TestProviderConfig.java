package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/** How the provider of the tests is set up. */
@Configuration
@EnableWebSecurity
class TestProviderConfig {

  @Bean
  @Order(1)
  SecurityFilterChain protocol(HttpSecurity http, TestProvider provider) throws Exception {
    OAuth2AuthorizationServerConfigurer server = OAuth2AuthorizationServerConfigurer.authorizationServer();
    return http
        .securityMatcher(server.getEndpointsMatcher())
        .with(server, settings -> settings
            .oidc(Customizer.withDefaults())
            .tokenEndpoint(endpoint -> endpoint
                .accessTokenRequestConverter(new PasswordGrant())
                .authenticationProvider(new PasswordGrant.Check(provider))))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  UserDetailsService people() {
    return new InMemoryUserDetailsManager(
        User.withUsername("ada").password("{noop}lovelace").roles("USER").build());
  }

  @Bean
  JWKSource<SecurityContext> keys(TestProvider provider) {
    return provider.keys();
  }

  @Bean
  JwtDecoder decoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  @Bean
  AuthorizationServerSettings settings(TestProvider provider) {
    return AuthorizationServerSettings.builder().issuer(provider.issuer()).build();
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> more(TestProvider provider) {
    return context -> provider.moreClaims().forEach(context.getClaims()::claim);
  }

  @Bean
  RegisteredClientRepository clients(TestProvider provider) {
    return new InMemoryRegisteredClientRepository(
        client("gateway").build(),
        client("opaque")
            .tokenSettings(TokenSettings.builder().accessTokenFormat(OAuth2TokenFormat.REFERENCE).build())
            .build(),
        client("short")
            .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofSeconds(60))
                .reuseRefreshTokens(false)
                .build())
            .build(),
        client("macs")
            .clientSecret("secret-of-macs-that-is-long-enough")
            .clientAuthenticationMethods(methods -> methods.add(ClientAuthenticationMethod.CLIENT_SECRET_JWT))
            .clientSettings(ClientSettings.builder()
                .tokenEndpointAuthenticationSigningAlgorithm(MacAlgorithm.HS256)
                .build())
            .build(),
        client("signer")
            .clientAuthenticationMethods(methods -> methods.add(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
            .clientSettings(ClientSettings.builder()
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS256)
                .jwkSetUrl(provider.issuer() + TestProvider.CLIENT_KEYS)
                .build())
            .build());
  }

  private static RegisteredClient.Builder client(String name) {
    return RegisteredClient.withId(name)
        .clientId(name)
        .clientSecret("{noop}secret-of-" + name)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .authorizationGrantType(PasswordGrant.TYPE)
        .redirectUris(uris -> List.of("callback", "own", "tokens", "given", "short", "brief", "form", "person", "bye", "forged", "named").forEach(
            path -> uris.add("http://127.0.0.1/" + path)))
        .postLogoutRedirectUri("http://127.0.0.1/bye")
        .scope("openid")
        .scope("profile")
        .scope("read");
  }
}
