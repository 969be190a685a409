package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/**
 * A real provider, Spring Authorization Server, whose keys a test can change and sign with. Its user is {@code ada}, whose
 * password is {@code lovelace}. Starting it takes a second or two: the tests of a process share one.
 */
final class TestProvider {

  static final String CLIENT_KEYS = "/keys-of-clients";

  private static final TestProvider ONE = new TestProvider();

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private volatile RSAKey key = newKey();
  private volatile Map<String, Object> moreClaims = Map.of();

  private TestProvider() {
    try {
      connector.setHost("127.0.0.1");
      connector.open();
      server.addConnector(connector);
      AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
      ServletContextHandler handler = new ServletContextHandler(ServletContextHandler.SESSIONS);
      spring.setServletContext(handler.getServletContext());
      spring.addBeanFactoryPostProcessor(factory -> {
        factory.registerSingleton("provider", this);
      });
      spring.register(TestProviderConfig.class);
      spring.refresh();
      Filter counting = (request, response, chain) -> {
        String path = ((jakarta.servlet.http.HttpServletRequest) request).getRequestURI();
        asked.computeIfAbsent(path, fresh -> new AtomicInteger()).incrementAndGet();
        if (path.equals(CLIENT_KEYS)) {
          response.setContentType("application/json");
          response.getWriter().write(new JWKSet(stranger()).toString());
        } else {
          chain.doFilter(request, response);
        }
      };
      EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
      handler.addFilter(new FilterHolder(counting), "/*", requests);
      handler.addFilter(
          new FilterHolder(spring.getBean("springSecurityFilterChain", Filter.class)), "/*", requests);
      handler.addServlet(new ServletHolder(new HttpServlet() {
        private static final long serialVersionUID = 1;
      }), "/");
      server.setHandler(handler);
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static TestProvider get() {
    return ONE;
  }

  String issuer() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  /** How often a path was asked for. */
  int asked(String path) {
    return asked.computeIfAbsent(path, fresh -> new AtomicInteger()).get();
  }

  int askedForKeys() {
    return asked("/oauth2/jwks");
  }

  /** Signs with another key from now on, and knows the old one no more. */
  void rotate() {
    key = newKey();
  }

  /** What all tokens say beside the usual. */
  void moreClaims(Map<String, Object> claims) {
    moreClaims = Map.copyOf(claims);
  }

  Map<String, Object> moreClaims() {
    return moreClaims;
  }

  /** A text that cannot be pressed together. */
  static String randomText(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes).substring(0, length);
  }

  RSAKey key() {
    return key;
  }

  JWKSource<SecurityContext> keys() {
    return (selector, context) -> selector.select(new JWKSet(key));
  }

  /** A key that no provider knows. To make one takes long. */
  static RSAKey stranger() {
    return Stranger.KEY;
  }

  private static final class Stranger {
    static final RSAKey KEY = newKey();
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token with these claims, signed with the key of the provider. */
  String sign(JWTClaimsSet claims) {
    return sign(claims, key);
  }

  static String sign(JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
