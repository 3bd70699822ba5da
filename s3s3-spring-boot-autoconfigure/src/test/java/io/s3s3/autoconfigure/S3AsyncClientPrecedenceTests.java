package io.s3s3.autoconfigure;

import io.awspring.cloud.autoconfigure.s3.S3CrtAsyncClientAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3TransferManagerAutoConfiguration;
import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Whose {@link S3AsyncClient} is meant where any is asked for: by injection, by
 * {@code getBean} and by the {@link S3TransferManager} of Spring Cloud AWS.
 */
@ExtendWith(OutputCaptureExtension.class)
class S3AsyncClientPrecedenceTests {

	private static final S3AsyncClient MINE = mock(S3AsyncClient.class);

	private static final S3AsyncClient OTHER = mock(S3AsyncClient.class);

	private static final String REPORT = "do not fail over";

	private final ApplicationContextRunner pair = Contexts.bare()
		.withConfiguration(AutoConfigurations.of(S3TransferManagerAutoConfiguration.class,
				S3CrtAsyncClientAutoConfiguration.class))
		.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west",
				"s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false")
		.withUserConfiguration(Injected.class);

	@Test
	void isTheFailoverClientAlone(CapturedOutput output) {
		this.pair.run((context) -> assertMeant(context, context.getBean(FailoverS3AsyncClient.class)));

		assertThat(output).doesNotContain(REPORT);
	}

	@Test
	void isThatOfTheApplication(CapturedOutput output) {
		this.pair.withBean("mine", S3AsyncClient.class, () -> MINE).run((context) -> {
			assertMeant(context, MINE);
			assertThat(context).hasSingleBean(FailoverS3AsyncClient.class);
		});

		assertThat(output.getAll().lines().filter((line) -> line.contains(REPORT))).singleElement()
			.asString()
			.contains("S3AsyncClient 'mine' and what takes it, such as S3TransferManager");
	}

	@ParameterizedTest
	@ValueSource(classes = { EarlyLibraryAutoConfiguration.class, PreferringLibraryAutoConfiguration.class })
	void isNotThatOfALibrary(Class<?> library, CapturedOutput output) {
		this.pair.withConfiguration(AutoConfigurations.of(library)).run((context) -> {
			assertThat(context.getBean("library")).isSameAs(OTHER);
			assertMeant(context, context.getBean(FailoverS3AsyncClient.class));
		});

		assertThat(output).doesNotContain(REPORT);
	}

	@ParameterizedTest
	@ValueSource(classes = { EarlyLibraryAutoConfiguration.class, PreferringLibraryAutoConfiguration.class })
	void isThatOfTheApplicationBesideThatOfALibrary(Class<?> library) {
		this.pair.withConfiguration(AutoConfigurations.of(library))
			.withUserConfiguration(Mine.class)
			.run((context) -> assertMeant(context, MINE));
	}

	@Test
	void isAFailoverClientOfTheApplication() {
		FailoverS3AsyncClient own = mock(FailoverS3AsyncClient.class);
		given(own.inParts()).willReturn(own);

		this.pair.withConfiguration(AutoConfigurations.of(PreferringLibraryAutoConfiguration.class))
			.withBean(FailoverS3AsyncClient.class, () -> own)
			.run((context) -> assertMeant(context, own));
	}

	@Test
	void isNoneOfTwoOfTheApplication(CapturedOutput output) {
		Contexts.bare()
			.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1",
					"s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false")
			.withBean("mine", S3AsyncClient.class, () -> MINE)
			.withBean("other", S3AsyncClient.class, () -> OTHER)
			.run((context) -> assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
				.isThrownBy(() -> context.getBean(S3AsyncClient.class)));

		assertThat(output).contains("S3AsyncClient 'mine'; S3AsyncClient 'other'.");
	}

	@Test
	void isNotThatOfALocationHoweverItIsDefined() {
		this.pair.withBean("primaryS3AsyncClient", S3AsyncClient.class, () -> MINE)
			.run((context) -> assertMeant(context, context.getBean(FailoverS3AsyncClient.class)));
	}

	@Test
	void tellsOfATransferManagerThatSomebodyElseBrings(CapturedOutput output) {
		this.pair.withConfiguration(AutoConfigurations.of(TransferLibraryAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(S3TransferManager.class))
				.isSameAs(context.getBean("libraryTransferManager")));

		assertThat(output.getAll().lines().filter((line) -> line.contains(REPORT))).singleElement()
			.asString()
			.contains("S3TransferManager 'libraryTransferManager'");
	}

	private static void assertMeant(ApplicationContext context, S3AsyncClient client) {
		assertThat(context.getBean(Injected.class).client).isSameAs(client);
		assertThat(context.getBean(S3AsyncClient.class)).isSameAs(client);
		Object used = ReflectionTestUtils.getField(context.getBean(S3TransferManager.class), "s3AsyncClient");
		if (client instanceof FailoverS3AsyncClient failover) {
			assertThat(used).isInstanceOfSatisfying(FailoverS3AsyncClient.class,
					(view) -> assertThat(view.locations()).isSameAs(failover.locations()));
		}
		else {
			assertThat(used).isSameAs(client);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		private S3AsyncClient client;

	}

	@Configuration(proxyBeanMethods = false)
	static class Mine {

		@Bean
		S3AsyncClient mine() {
			return MINE;
		}

	}

	@AutoConfiguration(before = S3s3AutoConfiguration.class)
	static class EarlyLibraryAutoConfiguration {

		@Bean
		S3AsyncClient library() {
			return OTHER;
		}

	}

	@AutoConfiguration
	static class PreferringLibraryAutoConfiguration {

		@Bean
		@Primary
		S3AsyncClient library() {
			return OTHER;
		}

	}

	@AutoConfiguration(before = S3TransferManagerAutoConfiguration.class)
	static class TransferLibraryAutoConfiguration {

		@Bean
		S3TransferManager libraryTransferManager() {
			return mock(S3TransferManager.class);
		}

	}

}
