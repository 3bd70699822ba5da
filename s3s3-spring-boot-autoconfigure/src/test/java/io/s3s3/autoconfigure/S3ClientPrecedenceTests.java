package io.s3s3.autoconfigure;

import io.awspring.cloud.s3.S3OutputStreamProvider;
import io.awspring.cloud.s3.S3Template;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.beans.factory.FactoryBean;
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
import org.springframework.core.io.Resource;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Whose {@link S3Client} is meant where any is asked for: by injection, by
 * {@code getBean}, by {@link S3Template} and by {@code s3://} resources.
 */
@ExtendWith(OutputCaptureExtension.class)
class S3ClientPrecedenceTests {

	private static final S3Client MINE = mock(S3Client.class);

	private static final S3Client OTHER = mock(S3Client.class);

	private static final String REPORT = "do not fail over";

	private final ApplicationContextRunner pair = Contexts.bare()
		.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west",
				"s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false",
				"spring.cloud.aws.region.static=eu-west-1")
		.withUserConfiguration(Injected.class);

	private final ApplicationContextRunner promoting = this.pair
		.withInitializer((context) -> context.getBeanFactory().registerSingleton("configDataS3Client", OTHER));

	@Test
	void isTheFailoverClientAlone(CapturedOutput output) {
		this.pair.run((context) -> {
			assertMeant(context, context.getBean(FailoverS3Client.class));
			assertFailsOverThroughout(context);
		});

		assertThat(output).doesNotContain(REPORT);
	}

	@Test
	void isThatOfTheApplication(CapturedOutput output) {
		this.pair.withBean("mine", S3Client.class, () -> MINE).run((context) -> {
			assertMeant(context, MINE);
			assertThat(context.getBean(FailoverS3Template.class)).isNotNull();
			assertThat(context.getBean(S3OutputStreamProvider.class)).isNotNull();
			assertThat(context.containsBean("failoverS3OutputStreamProvider")).isFalse();
		});

		assertThat(output.getAll().lines().filter((line) -> line.contains(REPORT))).singleElement()
			.asString()
			.contains("S3Client 'mine' and what takes it, such as S3Template and s3:// resources");
	}

	@Test
	void isNotThatOfAConfigImport(CapturedOutput output) {
		this.promoting.run((context) -> {
			assertMeant(context, context.getBean(FailoverS3Client.class));
			assertFailsOverThroughout(context);
			assertThat(context.getBean("configDataS3Client")).isSameAs(OTHER);
		});

		assertThat(output).doesNotContain(REPORT);
	}

	@Test
	void isThatOfTheApplicationBesideThatOfAConfigImport() {
		this.promoting.withUserConfiguration(Mine.class).run((context) -> assertMeant(context, MINE));
	}

	@ParameterizedTest
	@ValueSource(classes = { EarlyLibraryAutoConfiguration.class, PreferringLibraryAutoConfiguration.class })
	void isNotThatOfALibrary(Class<?> library) {
		this.pair.withConfiguration(AutoConfigurations.of(library)).run((context) -> {
			assertThat(context).hasBean("library");
			assertMeant(context, context.getBean(FailoverS3Client.class));
			assertFailsOverThroughout(context);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { EarlyLibraryAutoConfiguration.class, PreferringLibraryAutoConfiguration.class })
	void isThatOfTheApplicationBesideThatOfALibrary(Class<?> library) {
		this.pair.withConfiguration(AutoConfigurations.of(library))
			.withUserConfiguration(Mine.class)
			.run((context) -> assertMeant(context, MINE));
	}

	@Test
	void isThePrimaryOfTheApplication() {
		this.promoting.withUserConfiguration(Mine.class)
			.withBean("another", S3Client.class, () -> OTHER, (definition) -> definition.setPrimary(false))
			.withUserConfiguration(Preferred.class)
			.run((context) -> assertMeant(context, context.getBean("preferred", S3Client.class)));
	}

	@Test
	void isWhatAFactoryOfTheApplicationMakes() {
		this.promoting.withUserConfiguration(MineByFactory.class).run((context) -> assertMeant(context, MINE));
	}

	@Test
	void isThatOfTheContextAbove() {
		new ApplicationContextRunner().withUserConfiguration(Mine.class)
			.run((parent) -> this.pair.withParent(parent).run((context) -> {
				assertThat(context.getBean(Injected.class).client).isSameAs(MINE);
				assertThat(clientOf(context)).isSameAs(MINE);
			}));
	}

	@Test
	void isAFailoverClientOfTheApplication() {
		FailoverS3Client own = mock(FailoverS3Client.class);
		given(own.presigner()).willReturn(mock(S3Presigner.class));
		this.promoting.withBean(FailoverS3Client.class, () -> own).run((context) -> {
			assertMeant(context, own);
			assertFailsOverThroughout(context);
		});
	}

	@Test
	void isNoneOfTwoOfTheApplicationButResourcesFailOver(CapturedOutput output) {
		Contexts.bare()
			.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1",
					"s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false")
			.withBean("mine", S3Client.class, () -> MINE)
			.withBean("other", S3Client.class, () -> OTHER)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
					.isThrownBy(() -> context.getBean(S3Client.class));
				assertThat(clientOf(context)).isSameAs(context.getBean(FailoverS3Client.class));
				assertThat(context.getBean(S3OutputStreamProvider.class))
					.isSameAs(context.getBean("failoverS3OutputStreamProvider"));
			});

		assertThat(output.getAll().lines().filter((line) -> line.contains(REPORT))).singleElement()
			.asString()
			.contains("S3Client 'mine'; S3Client 'other'")
			.doesNotContain("s3://");
	}

	@Test
	void isNotThatOfALocationHoweverItIsDefined() {
		this.pair.withBean("primaryS3Client", S3Client.class, () -> MINE).run((context) -> {
			assertThat(context.getBean(LocationPair.class).primary().client()).isSameAs(MINE);
			assertMeant(context, context.getBean(FailoverS3Client.class));
			assertFailsOverThroughout(context);
		});
	}

	@Test
	void saysThatAsynchronousClientsDoNotFailOver(CapturedOutput output) {
		this.pair.withBean("async", S3AsyncClient.class, () -> mock(S3AsyncClient.class))
			.run((context) -> assertMeant(context, context.getBean(FailoverS3Client.class)));

		assertThat(output.getAll().lines().filter((line) -> line.contains(REPORT))).singleElement()
			.asString()
			.contains("S3AsyncClient 'async'");
	}

	private static void assertMeant(ApplicationContext context, S3Client client) {
		assertThat(context.getBean(Injected.class).client).isSameAs(client);
		assertThat(context.getBean(S3Client.class)).isSameAs(client);
		assertThat(clientOf(context)).isSameAs(client);
		assertThat(ReflectionTestUtils.getField(context.getBean(S3Template.class), "s3Client")).isSameAs(client);
	}

	private static void assertFailsOverThroughout(ApplicationContext context) {
		assertThat(context.getBean(S3OutputStreamProvider.class))
			.isSameAs(context.getBean("failoverS3OutputStreamProvider"));
		assertThat(context.containsBean("failoverS3Presigner")).isTrue();
	}

	private static @Nullable Object clientOf(ApplicationContext context) {
		Resource resource = context.getResource("s3://east/k");
		return ReflectionTestUtils.getField(resource, "s3Client");
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		private S3Client client;

	}

	@Configuration(proxyBeanMethods = false)
	static class Mine {

		@Bean
		S3Client mine() {
			return MINE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Preferred {

		@Bean
		@Primary
		S3Client preferred() {
			return mock(S3Client.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MineByFactory {

		@Bean
		FactoryBean<S3Client> mine() {
			return new FactoryBean<>() {

				@Override
				public S3Client getObject() {
					return MINE;
				}

				@Override
				public Class<?> getObjectType() {
					return S3Client.class;
				}

			};
		}

	}

	@AutoConfiguration(before = S3s3AutoConfiguration.class)
	static class EarlyLibraryAutoConfiguration {

		@Bean
		S3Client library() {
			return OTHER;
		}

	}

	@AutoConfiguration
	static class PreferringLibraryAutoConfiguration {

		@Bean
		@Primary
		S3Client library() {
			return OTHER;
		}

	}

}
