package io.s3s3.sample.embedded;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Replicates between the embedded locations. Real ones replicate by themselves.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!real")
class ReplicationConfiguration {

	@Bean
	Replicator replicator(EmbeddedPair pair) {
		return new Replicator(pair, Clock.systemUTC());
	}

}
