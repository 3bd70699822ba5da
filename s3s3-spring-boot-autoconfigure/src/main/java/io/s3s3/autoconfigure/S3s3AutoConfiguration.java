package io.s3s3.autoconfigure;

import java.util.Optional;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.s3.S3AesProvider;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.awspring.cloud.autoconfigure.s3.S3CrtAsyncClientAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3RsaProvider;
import io.awspring.cloud.autoconfigure.s3.S3TransferManagerAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.awspring.cloud.s3.PropertiesS3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3ObjectContentTypeResolver;
import io.awspring.cloud.s3.S3ObjectConverter;
import io.awspring.cloud.s3.S3OutputStreamProvider;
import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3AsyncOperations;
import io.s3s3.FailoverS3AsyncTemplate;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Operations;
import io.s3s3.FailoverS3Template;
import io.s3s3.autoconfigure.LocationClientFactory.Customizers;
import io.s3s3.autoconfigure.S3s3Properties.ConsistencyProperties;
import io.s3s3.autoconfigure.S3s3Properties.HedgeProperties;
import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.event.RequestListener;
import io.s3s3.failure.FailureClassifier;
import io.s3s3.health.TrafficDirector;
import io.s3s3.hedge.HedgeSettings;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

/**
 * Auto-configuration for failover between two S3 locations. Does nothing unless
 * {@code s3s3.primary.*} or {@code s3s3.secondary.*} is set.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AwsAutoConfiguration.class,
		before = { S3AutoConfiguration.class, S3TransferManagerAutoConfiguration.class,
				S3CrtAsyncClientAutoConfiguration.class })
@ConditionalOnClass({ S3Client.class, AwsClientBuilderConfigurer.class, S3OutputStreamProvider.class })
@Conditional(OnLocationsCondition.class)
@EnableConfigurationProperties({ S3s3Properties.class, S3Properties.class, AwsProperties.class })
@Import({ LocationHealthConfiguration.class, TransferManagerConfiguration.class })
public final class S3s3AutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(S3s3AutoConfiguration.class);

	/** Closing is up to callers, but ahead-of-time processing would infer it. */
	private static final String BY_ITSELF = "";

	private static final String ENCRYPTION_CHECK = "s3s3ClientSideEncryptionCheck";

	private final LocationProperties primary;

	private final LocationProperties secondary;

	private final S3s3Properties properties;

	@SuppressWarnings("NullAway") // validated to have both locations
	S3s3AutoConfiguration(S3s3Properties properties) {
		LocationsValidator.validate(properties);
		this.properties = properties;
		this.primary = properties.primary();
		this.secondary = properties.secondary();
		// Anything wrong with them stops the startup before any bean is created.
		TransferSettingsMapper.settings(properties.transfer(), TransferThreads.defaults());
		consistency();
	}

	@Bean
	static S3ClientPrecedence s3s3ClientPrecedence() {
		return new S3ClientPrecedence();
	}

	@Bean
	static ClientsWithoutFailover s3s3ClientsWithoutFailover(ConfigurableListableBeanFactory beanFactory) {
		return new ClientsWithoutFailover(beanFactory);
	}

	// Created even where beans are lazy, and before anybody can upload.
	@Bean(ENCRYPTION_CHECK)
	@Lazy(false)
	ClientSideEncryptionCheck s3s3ClientSideEncryptionCheck(S3Properties s3Properties,
			ObjectProvider<S3RsaProvider> rsaProvider, ObjectProvider<S3AesProvider> aesProvider) {
		return new ClientSideEncryptionCheck(s3Properties, rsaProvider, aesProvider);
	}

	@Bean
	LocationClientFactory s3s3LocationClientFactory(AwsClientBuilderConfigurer configurer, AwsProperties awsProperties,
			S3Properties s3Properties, ObjectProvider<AwsConnectionDetails> connectionDetails,
			ObjectProvider<S3ClientCustomizer> s3Customizers, ObjectProvider<AwsSyncClientCustomizer> syncCustomizers,
			ObjectProvider<AwsAsyncClientCustomizer> asyncCustomizers,
			ObjectProvider<LocationClientCustomizer> locationCustomizers) {
		return new LocationClientFactory(configurer, awsProperties, s3Properties, connectionDetails,
				new Customizers(s3Customizers, syncCustomizers, asyncCustomizers, locationCustomizers));
	}

	@Bean(defaultCandidate = false, destroyMethod = BY_ITSELF)
	@Fallback
	@ConditionalOnMissingBean(name = "primaryS3Client")
	S3Client primaryS3Client(LocationClientFactory factory) {
		return factory.client(LocationRole.PRIMARY, this.primary);
	}

	@Bean(defaultCandidate = false, destroyMethod = BY_ITSELF)
	@Fallback
	@ConditionalOnMissingBean(name = "secondaryS3Client")
	S3Client secondaryS3Client(LocationClientFactory factory) {
		return factory.client(LocationRole.SECONDARY, this.secondary);
	}

	@Bean(defaultCandidate = false, destroyMethod = BY_ITSELF)
	@Lazy
	@Fallback
	@ConditionalOnMissingBean(name = "primaryS3AsyncClient")
	S3AsyncClient primaryS3AsyncClient(LocationClientFactory factory) {
		return factory.asyncClient(LocationRole.PRIMARY, this.primary);
	}

	@Bean(defaultCandidate = false, destroyMethod = BY_ITSELF)
	@Lazy
	@Fallback
	@ConditionalOnMissingBean(name = "secondaryS3AsyncClient")
	S3AsyncClient secondaryS3AsyncClient(LocationClientFactory factory) {
		return factory.asyncClient(LocationRole.SECONDARY, this.secondary);
	}

	@Bean(defaultCandidate = false)
	@Fallback
	@ConditionalOnMissingBean(name = "primaryS3Presigner")
	@Nullable S3Presigner primaryS3Presigner(LocationClientFactory factory, @Qualifier("primaryS3Client") S3Client client) {
		return factory.presigner(client, this.primary);
	}

	@Bean(defaultCandidate = false)
	@Fallback
	@ConditionalOnMissingBean(name = "secondaryS3Presigner")
	@Nullable S3Presigner secondaryS3Presigner(LocationClientFactory factory, @Qualifier("secondaryS3Client") S3Client client) {
		return factory.presigner(client, this.secondary);
	}

	@Bean
	@ConditionalOnMissingBean
	LocationPair locationPair(@Qualifier("primaryS3Client") S3Client primaryClient,
			@Qualifier("primaryS3Presigner") @Nullable S3Presigner primaryPresigner,
			@Qualifier("secondaryS3Client") S3Client secondaryClient,
			@Qualifier("secondaryS3Presigner") @Nullable S3Presigner secondaryPresigner) {
		LocationsValidator.requireDifference(this.primary, primaryClient, this.secondary, secondaryClient);
		return new LocationPair(location(LocationRole.PRIMARY, this.primary, primaryClient, primaryPresigner),
				location(LocationRole.SECONDARY, this.secondary, secondaryClient, secondaryPresigner));
	}

	@Bean
	@ConditionalOnMissingBean
	FailureClassifier failureClassifier() {
		return FailureClassifier.of(this.properties.failover().onAccessDenied());
	}

	@Bean
	@ConditionalOnMissingBean
	TransferThreads transferThreads(Environment environment, ObjectProvider<TaskDecorator> decorators,
			@Qualifier("s3s3ObservationTaskDecorator") ObjectProvider<TaskDecorator> observation) {
		return TransferThreadsFactory.create(environment, decorators, observation);
	}

	@Bean
	RequestListener eventPublishingRequestListener(ApplicationEventPublisher publisher) {
		return new EventPublishingListener(publisher, this.properties.events());
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	@DependsOn(ENCRYPTION_CHECK)
	FailoverS3Client failoverS3Client(LocationPair pair, FailureClassifier classifier, TrafficDirector director,
			TransferThreads threads, ObjectProvider<RequestListener> listeners) {
		FailoverS3Client.Builder builder = FailoverS3Client.builder()
			.locations(pair)
			.classifier(classifier)
			.director(director)
			.conditionalWrites(this.properties.failover().conditionalWrites())
			.carrySecrets(this.properties.failover().carrySecrets())
			.consistency(consistency())
			.transfer(TransferSettingsMapper.settings(this.properties.transfer(), threads))
			.hedge(hedge())
			.rounds(this.properties.failover().maxRounds(), this.properties.failover().backOff())
			.callTimeout(this.properties.failover().callTimeout());
		listeners.orderedStream().forEach(builder::listener);
		logger.info("S3 calls go to {}, then to {}", LocationDescription.of(pair.primary()),
				LocationDescription.of(pair.secondary()));
		return builder.build();
	}

	/**
	 * The asynchronous side of the failover client, created when it is first needed.
	 */
	@Bean
	@Lazy
	@Fallback
	@ConditionalOnMissingBean
	FailoverS3AsyncClient failoverS3AsyncClient(FailoverS3Client client,
			@Qualifier("primaryS3AsyncClient") S3AsyncClient primaryClient,
			@Qualifier("secondaryS3AsyncClient") S3AsyncClient secondaryClient) {
		return FailoverS3AsyncClient.builder().client(client).primary(primaryClient).secondary(secondaryClient).build();
	}

	@Bean
	@ConditionalOnMissingBean(FailoverS3Operations.class)
	FailoverS3Template failoverS3Template(FailoverS3Client client, ObjectProvider<S3ObjectConverter> converter) {
		return new FailoverS3Template(client, converter.getIfAvailable());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean(FailoverS3AsyncOperations.class)
	FailoverS3AsyncTemplate failoverS3AsyncTemplate(FailoverS3AsyncClient client,
			ObjectProvider<S3ObjectConverter> converter) {
		return new FailoverS3AsyncTemplate(client, converter.getIfAvailable());
	}

	private HedgeSettings hedge() {
		HedgeProperties hedge = this.properties.hedge();
		return InvalidProperties.named(() -> new HedgeSettings(hedge.enabled(), hedge.minimumDelay(),
				hedge.extraRequests(), hedge.burst(), hedge.concurrency()));
	}

	private ConsistencySettings consistency() {
		ConsistencyProperties consistency = this.properties.consistency();
		return InvalidProperties.named(() -> new ConsistencySettings(consistency.reads(), consistency.memory(),
				new Confirmation(consistency.horizon(), this.properties.failback().maxHold()),
				consistency.explainAbsence(), consistency.conditionalNonce()));
	}

	@SuppressWarnings("NullAway") // validated to have a bucket
	private static Location location(LocationRole role, LocationProperties properties, S3Client client,
			@Nullable S3Presigner presigner) {
		return new Location(role, client, properties.bucket(), properties.expectedBucketOwner(), presigner);
	}

	/**
	 * Makes the beans that accompany an {@link S3Client} fail over too, unless the
	 * application has a client of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnNoApplicationClientCondition.class)
	static final class FailoverClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		S3Presigner failoverS3Presigner(FailoverS3Client client) {
			return client.presigner();
		}

		@Bean
		@ConditionalOnMissingBean
		S3OutputStreamProvider failoverS3OutputStreamProvider(FailoverS3Client client,
				Optional<S3ObjectContentTypeResolver> contentTypeResolver) {
			return FailoverS3Template.outputStreams(client,
					contentTypeResolver.orElseGet(PropertiesS3ObjectContentTypeResolver::new));
		}

	}

}
