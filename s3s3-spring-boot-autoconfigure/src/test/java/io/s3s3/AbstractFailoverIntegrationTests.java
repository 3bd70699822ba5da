package io.s3s3;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * A secondary that has an object.
 */
abstract class AbstractFailoverIntegrationTests {

	static final String KEY = "folder/key";

	static EmbeddedS3 secondary;

	static S3Client direct;

	@BeforeAll
	static void startSecondary() {
		secondary = EmbeddedS3.start("west");
		direct = secondary.client();
	}

	@AfterAll
	static void stopSecondary() {
		direct.close();
		secondary.close();
	}

	/**
	 * Listens as an application does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Listener {

		final List<RequestFailedOver> events = new ArrayList<>();

		@EventListener
		void on(RequestFailedOver event) {
			this.events.add(event);
		}

		@Bean
		String marker() {
			return "listens";
		}

	}

}
