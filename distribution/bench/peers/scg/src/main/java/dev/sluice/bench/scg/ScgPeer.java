package dev.sluice.bench.scg;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway with nothing of its own: the one route stands in {@code application.yml}. */
@SpringBootApplication
public class ScgPeer {
  /** Starts the gateway; port and targets come as {@code peer.*} properties of the command line. */
  public static void main(String[] args) {
    SpringApplication.run(ScgPeer.class, args);
  }
}
