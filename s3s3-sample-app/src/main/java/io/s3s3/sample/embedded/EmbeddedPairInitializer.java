package io.s3s3.sample.embedded;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts the {@link EmbeddedPair} unless the profile {@code real} is active, and points
 * the application at it. That comes before the context is refreshed because the ports are
 * not known before the servers run. The pair stops with the context.
 */
class EmbeddedPairInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

	@Override
	public void initialize(GenericApplicationContext context) {
		if (context.getEnvironment().acceptsProfiles(Profiles.of("real"))) {
			return;
		}
		EmbeddedPair pair = EmbeddedPair.start();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("embeddedPair", pair.properties()));
		context.getDefaultListableBeanFactory().registerSingleton("embeddedPair", pair);
		context.getDefaultListableBeanFactory().registerDisposableBean("embeddedPair", pair::close);
	}

}
